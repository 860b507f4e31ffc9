import { inCapitals } from './canonical-text.ts';
import { accepted, type ParseResult, refused } from './parsed.ts';

/**
 * Year groups in the order that pupils pass through them, in the school census's code set for "NC year actual":
 * nursery first and second year, reception, 1 to 14 (sixth form from 12). X comes last: it marks a pupil
 * who does not follow national curriculum years, and stands outside the order.
 */
export const YEAR_GROUPS = [
  'N1',
  'N2',
  'R',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '10',
  '11',
  '12',
  '13',
  '14',
  'X',
] as const;

export type YearGroup = (typeof YEAR_GROUPS)[number];

const EXPECTED = 'Expected a year group: N1, N2, R, a number from 1 to 14, or X, for example "7".';

/** Reads a year group's census code. */
export function parseYearGroup(text: string): ParseResult<YearGroup> {
  const code = inCapitals(text);
  const yearGroup = YEAR_GROUPS.find((known) => known === code);
  return yearGroup === undefined ? refused(EXPECTED) : accepted(yearGroup);
}

/** For sorting: negative where `a` comes before `b`, 0 where they are the same. */
export function compareYearGroups(a: YearGroup, b: YearGroup): number {
  return YEAR_GROUPS.indexOf(a) - YEAR_GROUPS.indexOf(b);
}
