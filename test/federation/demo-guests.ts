/** The demo's students of Alder Grove with their guest profiles, as its data lead reads them. */
import type { Graph } from '../kit/graph.ts';
import { dataOf } from './answers.ts';

export interface HomeStudent {
  id: string;
  protectedDetails: boolean;
  pinnedItems: { id: string; title: string; about: string }[];
  guestProfiles: { id: string; teachingSchool: { urn: string } }[];
}

const STUDENTS = `query Students($after: String) { students(first: 100, after: $after) {
  nodes { id protectedDetails pinnedItems { id title about } guestProfiles { id teachingSchool { urn } } }
  pageInfo { hasNextPage endCursor } } }`;

export async function studentsOfAlder({ as }: Graph): Promise<HomeStudent[]> {
  const students: HomeStudent[] = [];
  for (let after: string | null = null, more = true; more; ) {
    const page: Page = dataOf<Page>(await as('data-lead@alder.example').query(STUDENTS, { after }));
    students.push(...page.students.nodes);
    [after, more] = [page.students.pageInfo.endCursor, page.students.pageInfo.hasNextPage];
  }
  return students;
}

interface Page {
  students: { nodes: HomeStudent[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

/** The id of a student's guest profile at a school; throws where there is none. */
export function profileAt(urn: string, student: HomeStudent | undefined): string {
  const profile = student?.guestProfiles.find(({ teachingSchool }) => teachingSchool.urn === urn);
  if (!profile) throw new Error('The demo has no such guest.');
  return profile.id;
}
