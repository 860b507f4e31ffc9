import { isIsoDate } from './iso-date.ts';
import { accepted, type ParseResult, refused } from './parsed.ts';

/*
 * The English academic year, 1 September to 31 August, known by the year it starts in. DfE's files spell it in
 * several ways: the National Pupil Database 2023/2024 or 202324, the early careers framework the start year, and a
 * common transfer file the start year in its header but the END year in its assessments.
 */
const FIRST_MONTH = '09';
const FIRST_DAY = '09-01';
const LAST_DAY = '08-31';

const EXPECTED = 'Expected an academic year: its start year, a slash and the next year, for example "2023/24".';

export interface AcademicYear {
  readonly startYear: number;
  /** `2023/24` */
  readonly label: string;
}

/** Both dates count. `endDate` null: not known yet, still open. */
export interface DateInterval {
  readonly startDate: string;
  readonly endDate: string | null;
}

export interface ClosedDateInterval extends DateInterval {
  readonly endDate: string;
}

/** Whether a number can name an academic year whose days all have dates of four-digit years. */
export function isStartYear(startYear: number): boolean {
  return Number.isInteger(startYear) && startYear >= 1 && startYear <= 9998;
}

/** @throws RangeError unless `isStartYear(startYear)`. */
export function academicYear(startYear: number): AcademicYear {
  if (!isStartYear(startYear)) throw new RangeError('Expected a start year from 1 to 9998.');
  return { startYear, label: `${fourDigits(startYear)}/${fourDigits(startYear + 1).slice(2)}` };
}

/** Reads `2023/24`, `2023/2024` or `202324`. */
export function parseAcademicYear(text: string): ParseResult<AcademicYear> {
  const spelling = text.trim();
  const startYear = /^\d{4}/.test(spelling) ? Number(spelling.slice(0, 4)) : Number.NaN;
  if (!isStartYear(startYear)) return refused(EXPECTED);
  const year = academicYear(startYear);
  const spellings = [year.label, `${fourDigits(startYear)}/${fourDigits(startYear + 1)}`, year.label.replace('/', '')];
  return spellings.includes(spelling) ? accepted(year) : refused(EXPECTED);
}

/**
 * The academic year that a date lies in.
 * @throws RangeError when the date does not exist or lies at an end of the calendar (before 0001-09, after 9999-08).
 */
export function academicYearOf(date: string): AcademicYear {
  if (!isIsoDate(date)) throw new RangeError('Expected a calendar date YYYY-MM-DD.');
  const calendarYear = Number(date.slice(0, 4));
  return academicYear(date.slice(5, 7) >= FIRST_MONTH ? calendarYear : calendarYear - 1);
}

export function firstDayOf(year: AcademicYear): string {
  return `${fourDigits(year.startYear)}-${FIRST_DAY}`;
}

export function lastDayOf(year: AcademicYear): string {
  return `${fourDigits(year.startYear + 1)}-${LAST_DAY}`;
}

/** The part of the interval that lies in the academic year, or null where none does. */
export function clipToAcademicYear(interval: DateInterval, year: AcademicYear): ClosedDateInterval | null {
  const startDate = later(interval.startDate, firstDayOf(year));
  const endDate = interval.endDate === null ? lastDayOf(year) : earlier(interval.endDate, lastDayOf(year));
  return startDate <= endDate ? { startDate, endDate } : null;
}

/**
 * The academic years that an interval touches, in order. One that is still open is followed up to the year of
 * `today`, and at least through the year that it starts in. An interval that ends before it starts touches none.
 */
export function academicYearsOf(interval: DateInterval, today: string): AcademicYear[] {
  const lastDate = interval.endDate ?? later(interval.startDate, today);
  if (lastDate < interval.startDate) return [];
  const first = academicYearOf(interval.startDate).startYear;
  const last = academicYearOf(lastDate).startYear;
  return Array.from({ length: last - first + 1 }, (_, index) => academicYear(first + index));
}

function fourDigits(year: number): string {
  return String(year).padStart(4, '0');
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}
