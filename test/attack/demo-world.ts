/** Who there is in the demo to attack as, and what there is to ask for: read through the front door, as those who may. */
import { v5 } from 'uuid';
import { isAtSchool } from '../../gateway/auth/roles.ts';
import { type CallerClient, ROLES, type Role } from '../../subgraphs/kernel/caller.ts';
import { ALDER, BIRCHWOOD, CEDAR } from '../../subgraphs/kernel/demo/schools.ts';
import { DEMO_STAFF, demoStaffId } from '../../subgraphs/kernel/demo/staff.ts';
import type { AttackedGraph } from './graph/attacked-graph.ts';
import type { Client } from './requests/client.ts';

export interface Caller {
  /** `ROLE at URN`, for the messages. */
  label: string;
  /** UUID; null for nobody. */
  id: string | null;
  role: Role | null;
  school: string | null;
  token: string | null;
}

export const SCHOOLS = [ALDER, BIRCHWOOD, CEDAR] as const;
const NAMESPACE = '6f1d4c1e-0000-5000-8000-5c4001900002';

/** Every role at every school (a teacher made up teaches nobody), the demo's own people, and nobody: all by one client, or by none. */
export async function callersOf(graph: AttackedGraph, client: CallerClient | null = null): Promise<Caller[]> {
  const made = ROLES.flatMap((role) =>
    (isAtSchool(role) ? SCHOOLS : [null]).map((school) => ({
      id: v5(`${role} ${school}`, NAMESPACE),
      name: 'Una Tester',
      role,
      school,
    })),
  );
  const staff = DEMO_STAFF.map((each) => ({ ...each, id: demoStaffId(each.email) }));
  const callers = await Promise.all(
    [...made, ...staff].map(async ({ id, name, role, school }) => ({
      label: `${role} at ${school ?? 'no school'}`,
      id,
      role,
      school,
      token: await graph.tokenFor({ id, name, role, school, client }),
    })),
  );
  return [...callers, { label: 'nobody', id: null, role: null, school: null, token: null }];
}

export const dataLeadOf = (callers: readonly Caller[], school: string): Caller => {
  const found = callers.find((each) => each.role === 'DATA_LEAD' && each.school === school);
  if (!found) throw new Error('Expected a data lead at each school of the demo.');
  return found;
};

interface WorldProfile {
  id: string;
  home: string;
  teaching: string;
  student: string;
}

export interface World {
  students: readonly { id: string; school: string; pinnedItems: readonly string[] }[];
  profiles: readonly WorldProfile[];
  courses: readonly { id: string; home: string; pushedTo: readonly string[] }[];
}

const STUDENTS = `query Students($after: String) { students(first: 100, after: $after) {
  nodes { id pinnedItems { id } guestProfiles { id teachingSchool { urn } } } pageInfo { hasNextPage endCursor } } }`;
const COURSES = '{ courses(first: 100) { nodes { id homeSchool { urn } pushes { teachingSchool { urn } } } } }';

interface StudentsPage {
  students: {
    nodes: {
      id: string;
      pinnedItems: { id: string }[] | null;
      guestProfiles: { id: string; teachingSchool: { urn: string } }[] | null;
    }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
}

interface CoursesPage {
  courses: { nodes: { id: string; homeSchool: { urn: string }; pushes: { teachingSchool: { urn: string } }[] }[] };
}

/** As the data lead of each school sees its own. */
export async function readWorld(client: Client, callers: readonly Caller[]): Promise<World> {
  const world = { students: [], profiles: [], courses: [] } as {
    students: World['students'][number][];
    profiles: WorldProfile[];
    courses: World['courses'][number][];
  };
  for (const school of SCHOOLS) {
    const { token } = dataLeadOf(callers, school);
    for (let after: string | null = null, more = true; more; ) {
      const { students }: StudentsPage = await dataOf(client, token, STUDENTS, { after });
      for (const { id, pinnedItems, guestProfiles } of students.nodes) {
        world.students.push({ id, school, pinnedItems: (pinnedItems ?? []).map((item) => item.id) });
        for (const profile of guestProfiles ?? [])
          world.profiles.push({ id: profile.id, home: school, teaching: profile.teachingSchool.urn, student: id });
      }
      [after, more] = [students.pageInfo.endCursor, students.pageInfo.hasNextPage];
    }
    const { courses }: CoursesPage = await dataOf(client, token, COURSES, {});
    for (const { id, homeSchool, pushes } of courses.nodes)
      if (homeSchool.urn === school)
        world.courses.push({ id, home: school, pushedTo: pushes.map((push) => push.teachingSchool.urn) });
  }
  return world;
}

async function dataOf<Data>(client: Client, token: string | null, query: string, variables: object): Promise<Data> {
  const { body, text } = await client.ask(token, { query, variables: { ...variables } });
  if (!body.data || body.errors) throw new Error(`Expected the data lead to be served: ${text.slice(0, 400)}`);
  return body.data as Data;
}
