/** The days that a note about an absence may be about: those of the academic year, whose register is still in use. */
import { academicYear, academicYearOf, firstDayOf, lastDayOf } from '../../kernel/identifiers/academic-year.ts';
import { note, type Place } from './input.ts';

/** A home school may still note what it learns of the year before; a teaching school knows its own lessons. */
export function noteAbsenceDate(
  date: string,
  place: Place,
  { today, atHome }: { today: string; atHome: boolean },
): void {
  const year = academicYearOf(today);
  const first = firstDayOf(atHome ? academicYear(year.startYear - 1) : year);
  const last = lastDayOf(year);
  if (date < first || date > last) note(place, `Expected a day from ${first} to ${last}.`);
}
