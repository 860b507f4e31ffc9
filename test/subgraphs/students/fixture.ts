/** Students of a test's own on three registered sites, and their guest profiles with grants as shared-teaching signs them. */
import { randomUUID } from 'node:crypto';
import type { Caller, SystemCaller } from '../../../subgraphs/kernel/caller.ts';
import type { Session } from '../../../subgraphs/kernel/database/transaction.ts';
import { ALDER, DEMO_SCHOOLS } from '../../../subgraphs/kernel/demo/schools.ts';
import type { FieldAccess } from '../../../subgraphs/kernel/guest-access/effective-access.ts';
import { createGrantSigner, type Grant } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { GUEST_FIELDS } from '../../../subgraphs/kernel/guest-access/matrix.ts';
import { encodeId } from '../../../subgraphs/kernel/ids.ts';
import { fullRecord } from '../../../subgraphs/students/demo/record.ts';
import { joinStudent, type NewStudent } from '../../../subgraphs/students/services/join-student.ts';
import { registerSite } from '../../../subgraphs/students/services/register-site.ts';
import { subgraph } from '../../../subgraphs/students/subgraph.ts';
import { cloneDatabase } from '../../kit/database.ts';
import type { TemplateName } from '../../kit/server-facts.ts';
import { openSubgraphs, type SubgraphAnswer, type TestSubgraphs } from '../../kit/subgraphs.ts';

export interface TestStudent {
  uuid: string;
  /** As in the graph. */
  id: string;
  homeSchool: string;
}

/** A guest profile as shared-teaching would know it: here it lives in grants only. */
export interface TestProfile {
  uuid: string;
  id: string;
  student: TestStudent;
  teachingSchool: string;
}

/** Rows that differ from the matrix's defaults. */
export type GrantedAccess = Readonly<Record<string, FieldAccess>>;

interface GuestAnswer {
  entity: Record<string, unknown>;
  hidden: { guestProfileId: string; field: string; reason: string }[];
  errors: SubgraphAnswer['errors'];
}

export interface StudentsGraph extends TestSubgraphs {
  ask(caller: Caller | null, query: string, variables?: object, grants?: string[]): Promise<SubgraphAnswer>;
  /** A transaction of the system at a school. */
  at<Result>(school: string, work: (session: Session) => Promise<Result>): Promise<Result>;
  /** Joins a student with every field; what is named here is as named. */
  join(details?: Partial<NewStudent>): Promise<TestStudent>;
  grant(caller: Caller, profile: TestProfile, access?: GrantedAccess): string;
  /** Reads fields of one guest profile by a grant of this moment. */
  read(fields: string, caller: Caller, profile: TestProfile, access?: GrantedAccess): Promise<GuestAnswer>;
  /** Reads fields of guest profiles by whatever is given as grant. */
  guests(caller: Caller, fields: string, ...references: { id: string; guestGrant?: string }[]): Promise<SubgraphAnswer>;
}

/** On a database with three sites and nobody there, or (`demo`) with the whole demo. */
export async function openStudents(template: TemplateName = 'migrated'): Promise<StudentsGraph> {
  const graph = await openSubgraphs({ definitions: [subgraph], database: await cloneDatabase(template) });
  const at: StudentsGraph['at'] = (school, work) => graph.transaction('students', systemAt(school), work);
  if (template === 'migrated')
    for (const site of DEMO_SCHOOLS) await at(site.urn, (session) => registerSite(session, { ...site, ...PLACE }));
  const signer = createGrantSigner(graph.grantSecret, graph.clock.now);
  const grant: StudentsGraph['grant'] = (caller, profile, access) => signer.sign(grantOf(profile, access), caller);
  const guests: StudentsGraph['guests'] = (caller, fields, ...references) =>
    graph.call('students', caller, entitiesOf(fields), {
      representations: references.map((reference) => ({ __typename: 'GuestProfile', ...reference })),
    });
  return {
    ...graph,
    at,
    ask: (caller, query, variables, grants = []) => graph.call('students', caller, query, { ...variables }, { grants }),
    join: createJoin(graph, at),
    grant,
    guests,
    async read(fields, caller, profile, access) {
      const answer = await guests(caller, fields, { id: profile.id, guestGrant: grant(caller, profile, access) });
      const hidden = answer.extensions?.guestAccess?.hidden ?? [];
      return { entity: entityOf(answer) ?? {}, hidden, errors: answer.errors };
    },
  };
}

const PLACE = { telephone: '01632 960900', addressLines: ['1 Test Road'], postcode: 'ZY1 1ZZ' };

export const systemAt = (school: string): SystemCaller => ({ kind: 'system', job: 'test', school, reason: 'test' });

function createJoin({ clock }: TestSubgraphs, at: StudentsGraph['at']): StudentsGraph['join'] {
  let joined = 0;
  return async (details = {}) => {
    joined += 1;
    const full = fullRecord(joined, clock.today());
    const student: NewStudent = {
      homeSchoolUrn: ALDER,
      legalFirstName: 'Testa',
      legalLastName: `Testerby${joined}`,
      sex: 'FEMALE',
      dateOfBirth: '2009-05-05',
      joinedOn: '2020-09-01',
      ...full.details,
      ...details,
      lists: { ...full.lists, ...details.lists },
    };
    const uuid = await at(student.homeSchoolUrn, (session) => joinStudent(session, student));
    return { uuid, id: encodeId('Student', uuid), homeSchool: student.homeSchoolUrn };
  };
}

export function profileOf(student: TestStudent, teachingSchool: string): TestProfile {
  const uuid = randomUUID();
  return { uuid, id: encodeId('GuestProfile', uuid), student, teachingSchool };
}

export const grantOf = ({ uuid, student, teachingSchool }: TestProfile, access: GrantedAccess = {}): Grant => ({
  profile: uuid,
  student: student.uuid,
  homeSchool: student.homeSchool,
  teachingSchool,
  agreement: null,
  purpose: 'test',
  access: new Map(
    GUEST_FIELDS.map(({ name, default: level, reason }) => [name, access[name] ?? { access: level, reason }]),
  ),
});

const entitiesOf = (fields: string): string =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on GuestProfile { ${fields} } } }`;

/** The first entity of an answer to `_entities`. */
export const entityOf = (answer: SubgraphAnswer): Record<string, unknown> | null =>
  (answer.data?._entities as (Record<string, unknown> | null)[] | undefined)?.[0] ?? null;

/** What a mutation found wrong with its input: `CODE field`. */
export function problemsOf(answer: SubgraphAnswer, mutation: string): string[] | undefined {
  const payload = answer.data?.[mutation] as { userErrors: { code: string; field: string | null }[] } | undefined;
  return payload?.userErrors.map(({ code, field }) => `${code} ${field}`);
}

export const HIDDEN: FieldAccess = { access: 'HIDDEN', reason: 'SCHOOL_OVERRIDE' };
