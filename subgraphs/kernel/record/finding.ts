/** What a look at the record found that should not be. */

export type What = 'FLIPPED' | 'DELETED' | 'SWAPPED' | 'INSERTED' | 'TRUNCATED' | 'REWRITTEN';

export interface Finding {
  what: What;
  /** A sentence. */
  detail: string;
  /** The chain: a school's URN, or `''` for callers at none; null for the list of all chains. */
  school: string | null;
  /** Null where the row stands in no chain. */
  position: number | null;
  /** UUID of the row, where it is known. */
  reading: string | null;
  /** When it was written. */
  at: string | null;
}

const chainName = (school: string): string => (school === '' ? 'callers at no school' : `school ${school}`);

export const describeFinding = ({ what, detail, school, position, reading, at }: Finding): string =>
  `${[
    `${what} ${school === null ? 'list of chains' : chainName(school)}`,
    ...(school === null ? [] : [position === null ? 'in no place of the chain' : `position ${position}`]),
    ...(reading === null ? [] : [`row ${reading}`]),
    ...(at === null ? [] : [`of ${at}`]),
  ].join(', ')}: ${detail}`;
