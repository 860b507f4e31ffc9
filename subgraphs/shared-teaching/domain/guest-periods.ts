/**
 * When a student is a guest at a teaching school. It follows from the student's enrolments on courses that were pushed
 * there with timetable slots, and from nothing else.
 */
import type { GuestDates } from '../../kernel/guest-access/effective-access.ts';
import {
  type AcademicYear,
  academicYearsOf,
  type ClosedDateInterval,
  clipToAcademicYear,
  type DateInterval,
} from '../../kernel/identifiers/academic-year.ts';
import { addDays } from '../../kernel/identifiers/iso-date.ts';

/** The days on which at least one of the enrolments runs, in order, as few intervals as will do. */
export function guestPeriods(enrolments: readonly DateInterval[]): DateInterval[] {
  const periods: DateInterval[] = [];
  for (const { startDate, endDate } of enrolments.filter(takesPlace).sort(byStart)) {
    const last = periods.at(-1);
    if (!last || (last.endDate !== null && addDays(last.endDate, 1) < startDate)) periods.push({ startDate, endDate });
    else periods[periods.length - 1] = { startDate: last.startDate, endDate: laterEnd(last.endDate, endDate) };
  }
  return periods;
}

/** From the earliest start to the latest end; an open enrolment leaves it open; without any there is no date. */
export const guestDates = (periods: readonly DateInterval[]): GuestDates => ({
  startsOn: periods[0]?.startDate ?? null,
  endsOn: periods.at(-1)?.endDate ?? null,
});

export interface AcademicYearPart extends ClosedDateInterval {
  academicYear: AcademicYear;
}

/**
 * The same for each academic year, clipped to it. A year without an enrolment is absent. One that is open is followed
 * up to the academic year of `today`.
 */
export function academicYearParts(periods: readonly DateInterval[], today: string): AcademicYearPart[] {
  const parts = new Map<number, AcademicYearPart>();
  for (const period of periods)
    for (const academicYear of academicYearsOf(period, today)) {
      const part = clipToAcademicYear(period, academicYear);
      if (!part) continue;
      const startDate = parts.get(academicYear.startYear)?.startDate ?? part.startDate;
      parts.set(academicYear.startYear, { academicYear, startDate, endDate: part.endDate });
    }
  return [...parts.values()];
}

export const isTaughtOn = (periods: readonly DateInterval[], date: string): boolean =>
  periods.some(({ startDate, endDate }) => startDate <= date && (endDate === null || date <= endDate));

export const samePeriods = (one: readonly DateInterval[], other: readonly DateInterval[]): boolean =>
  one.length === other.length &&
  one.every(({ startDate, endDate }, index) => {
    const match = other[index];
    return startDate === match?.startDate && endDate === match.endDate;
  });

/** An enrolment that was called off before its first day ends before it starts. */
const takesPlace = ({ startDate, endDate }: DateInterval): boolean => endDate === null || startDate <= endDate;

const byStart = (one: DateInterval, other: DateInterval): number => (one.startDate < other.startDate ? -1 : 1);

const laterEnd = (one: string | null, other: string | null): string | null =>
  one === null || other === null ? null : one > other ? one : other;
