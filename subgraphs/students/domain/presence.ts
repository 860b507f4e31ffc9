/**
 * What a mark of the attendance register means for whoever waits for the student. Codes of England's register since
 * 19 August 2024: https://www.legislation.gov.uk/uksi/2024/208/regulation/10
 */

export type Presence = 'PRESENT' | 'ELSEWHERE' | 'ABSENT_EXPLAINED' | 'ABSENT_UNEXPLAINED' | 'NOT_EXPECTED';

const MARKS: Readonly<Record<Presence, readonly string[]>> = {
  PRESENT: ['/', '\\', 'L'],
  // D: at another school where the student is registered as well
  ELSEWHERE: ['K', 'V', 'P', 'W', 'B', 'D'],
  ABSENT_EXPLAINED: ['C1', 'M', 'J1', 'S', 'C2', 'C', 'T', 'R', 'I', 'E'],
  ABSENT_UNEXPLAINED: ['G', 'N', 'O', 'U'],
  NOT_EXPECTED: ['X', 'Q', 'Y1', 'Y2', 'Y3', 'Y4', 'Y5', 'Y6', 'Y7', 'Z', '#'],
};

const byMark: ReadonlyMap<string, Presence> = new Map(
  (Object.keys(MARKS) as Presence[]).flatMap((presence) => MARKS[presence].map((mark) => [mark, presence] as const)),
);

export const REGISTER_MARKS: readonly string[] = [...byMark.keys()];

/** @throws RangeError for a mark that the register does not have. */
export function presenceOf(mark: string): Presence {
  const presence = byMark.get(mark);
  if (!presence) throw new RangeError('Expected a mark of the attendance register, as "/", "L" or "C1".');
  return presence;
}

/** T, R, Y5, E and their like tell what the guest matrix withholds: faith, family, custody, exclusion. */
const SHOWN_TO_TEACHING_SCHOOLS: ReadonlySet<string> = new Set(['/', '\\', 'L', 'N', 'I']);

export const markForTeachingSchool = (mark: string): string | null =>
  SHOWN_TO_TEACHING_SCHOOLS.has(mark) ? mark : null;

/** Whether the absence of a day is explained, from the marks of its sessions; null where there was none. */
export function absenceExplained(marks: readonly string[]): boolean | null {
  const presences = marks.map(presenceOf);
  if (presences.includes('ABSENT_UNEXPLAINED')) return false;
  return presences.includes('ABSENT_EXPLAINED') ? true : null;
}
