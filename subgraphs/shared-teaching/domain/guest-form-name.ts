/** How the registration form for the guests of one home school and year group is named at a teaching school. */
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';

/**
 * The home school's name and the year: `Alder Grove School Year 12`. `attempt` counts from 1: another home school of the
 * same name takes the first, so the next is `Alder Grove School Year 12 (2)`.
 */
export function guestFormName(homeSchoolName: string, yearGroup: YearGroup | null, attempt: number): string {
  const name = yearGroup === null ? homeSchoolName : `${homeSchoolName} ${labelOf(yearGroup)}`;
  return attempt === 1 ? name : `${name} (${attempt})`;
}

const LABEL: Partial<Record<YearGroup, string>> = { N1: 'Nursery 1', N2: 'Nursery 2', R: 'Reception', X: 'Ungraded' };

const labelOf = (yearGroup: YearGroup): string => LABEL[yearGroup] ?? `Year ${yearGroup}`;
