import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * Calendar dates are text, YYYY-MM-DD (RFC 3339 full-date): they sort and compare as text, and no time zone can move
 * a birthday. Functions here know no clock; "today" is always an argument.
 */
const SHAPE = /^\d{4}-\d{2}-\d{2}$/;
const MILLISECONDS_PER_DAY = 86_400_000;

/** No date of a school's life lies outside; a typing error such as 0204-09-01 does. */
const EARLIEST = '1900-01-01';
const LATEST = '2199-12-31';

const EXPECTED = `Expected a calendar date YYYY-MM-DD from ${EARLIEST} to ${LATEST}, for example "2024-09-01".`;

/** ISO 8601: 1 is Monday, 7 is Sunday. */
type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Whether the text is a day of the Gregorian calendar, 0001-01-01 to 9999-12-31. */
export function isIsoDate(text: string): boolean {
  if (!SHAPE.test(text) || text.startsWith('0000')) return false;
  const midnight = new Date(`${text}T00:00:00Z`);
  // JavaScript reads 30 February as 2 March, so what comes out must be what went in.
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(text);
}

/** Reads a date that came from outside. Value: YYYY-MM-DD within 1900 to 2199. */
export function parseIsoDate(text: string): ParseResult<string> {
  const date = text.trim();
  return isIsoDate(date) && date >= EARLIEST && date <= LATEST ? accepted(date) : refused(EXPECTED);
}

/**
 * The date that lies `days` later, or earlier where `days` is negative.
 * @throws RangeError when the date does not exist, the days are not whole or the result leaves the calendar.
 */
export function addDays(date: string, days: number): string {
  if (!Number.isInteger(days)) throw new RangeError('Expected a whole number of days.');
  const shifted = new Date(utcMidnight(date) + days * MILLISECONDS_PER_DAY);
  const result = Number.isNaN(shifted.getTime()) ? '' : shifted.toISOString().slice(0, 10);
  if (!isIsoDate(result)) throw new RangeError('Expected a number of days that stays within the years 0001 to 9999.');
  return result;
}

/** Days from the first date to the second: 1 for the next day, negative where the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return (utcMidnight(to) - utcMidnight(from)) / MILLISECONDS_PER_DAY;
}

export function weekdayOf(date: string): Weekday {
  const daysAfterSunday = new Date(utcMidnight(date)).getUTCDay();
  return (((daysAfterSunday + 6) % 7) + 1) as Weekday;
}

/** @throws RangeError that leaves the text out, since a date can be somebody's birthday. */
function utcMidnight(date: string): number {
  if (!isIsoDate(date)) throw new RangeError(EXPECTED);
  return Date.parse(`${date}T00:00:00Z`);
}
