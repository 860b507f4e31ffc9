import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * A time on the school's own clock, 24 hours, without date or zone: a lesson at 09:00 is at 09:00 in winter and
 * in summer. Timetables know no seconds.
 */
const SHAPE = /^([01]\d|2[0-3]):[0-5]\d$/;

const EXPECTED = 'Expected a time of day HH:MM on the 24-hour clock, for example "09:05".';

/** Reads a time of day. Value: HH:MM, which sorts as text. */
export function parseTimeOfDay(text: string): ParseResult<string> {
  const time = text.trim();
  return SHAPE.test(time) ? accepted(time) : refused(EXPECTED);
}

/** Reads what PostgreSQL writes for a time, `09:05:00`, as well as `09:05`. */
export function parseStoredTimeOfDay(text: string): ParseResult<string> {
  return parseTimeOfDay(text.replace(/^(\d{2}:\d{2}):00$/, '$1'));
}
