import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { encodeId, newUuid } from '../../../subgraphs/kernel/ids.ts';
import { keepTeachingRoll } from '../../../subgraphs/students/services/keep-teaching-roll.ts';
import { recordLeaving } from '../../../subgraphs/students/services/record-leaving.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import { openStudents, profileOf, type StudentsGraph, type TestStudent } from './fixture.ts';

const alder = callerOf('data-lead@alder.example');
const birchwood = callerOf('data-lead@birchwood.example');
const teacher = callerOf('teacher@alder.example');

const LIST = `query ($first: Int, $after: String, $filter: StudentFilter) {
  students(first: $first, after: $after, filter: $filter) {
    nodes { id displayName } edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;

interface Page {
  nodes: { id: string; displayName: string }[];
  edges: { cursor: string; node: { id: string } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let graph: StudentsGraph;
const students: Record<string, TestStudent> = {};

beforeAll(async () => {
  graph = await openStudents();
  const people = [
    { legalFirstName: 'Cora', legalLastName: 'beta', yearGroup: '12' },
    { legalFirstName: 'Abel', legalLastName: 'Beta', yearGroup: '13' },
    { legalFirstName: 'Dina', legalLastName: 'Zeta', preferredLastName: 'Alpha', yearGroup: '12' },
    { legalFirstName: 'Eben', legalLastName: 'Gamma', yearGroup: '13' },
    { legalFirstName: 'Eben', legalLastName: 'Gamma', yearGroup: '12' },
  ] as const;
  for (const [index, person] of people.entries()) students[`s${index}`] = await graph.join(person);
  students.foreign = await graph.join({ homeSchoolUrn: BIRCHWOOD, legalLastName: 'Foreign' });
});

const ask = async (variables: object, caller: Caller = alder) => {
  const answer = await graph.ask(caller, LIST, variables);
  return { ...answer, page: answer.data?.students as Page };
};
const names = (page: Page) => page.nodes.map(({ displayName }) => displayName);

describe('students', () => {
  it('are the caller’s own school’s, by the name that they are called by', async () => {
    const { page } = await ask({});
    expect(names(page)).toEqual(['Dina Alpha', 'Abel Beta', 'Cora beta', 'Eben Gamma', 'Eben Gamma']);
    expect(page.pageInfo).toEqual({ hasNextPage: false, endCursor: page.nodes[4]?.id });
    expect(names((await ask({}, birchwood)).page)).toEqual(['Testa Foreign']);
  });

  it('come page by page, each once, those of one name too', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { page }: { page: Page } = await ask({ first: 2, after });
      seen.push(...page.nodes.map(({ id }) => id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it('are filtered by year group and by roll', async () => {
    expect(names((await ask({ filter: { yearGroup: 'YEAR_13' } })).page)).toEqual(['Abel Beta', 'Eben Gamma']);
    expect(names((await ask({ filter: { rollStatus: 'OFF_ROLL' } })).page)).toEqual([]);
    const leaver = students.s3?.uuid ?? '';
    await graph.at(ALDER, (session) =>
      recordLeaving(session, { homeSchoolUrn: ALDER, studentId: leaver, leftOn: '2026-11-17' }),
    );
    expect(names((await ask({ filter: { rollStatus: 'OFF_ROLL' } })).page)).toEqual(['Eben Gamma']);
    expect(names((await ask({ filter: { rollStatus: 'ON_ROLL', yearGroup: null } })).page)).toHaveLength(4);
    expect(names((await ask({})).page)).toHaveLength(5); // S4-2 leavers stay accessible
  });

  it.each([0, 101, -5])('are refused for a first of %i', async (first) => {
    const { errors, page } = await ask({ first });
    expect(page).toBeUndefined();
    expect(errors?.[0]).toMatchObject({
      message: '"first" must be a whole number from 1 to 100.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it('are refused after a cursor that is none of this list', async () => {
    const foreign = students.foreign?.id ?? '';
    for (const after of ['', 'nonsense', encodeId('Student', newUuid()), foreign, encodeId('Course', newUuid())]) {
      const { errors } = await ask({ after });
      expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    }
  });

  it('are, of a teacher, those on a roll that he teaches', async () => {
    const roll = (version: number, studentIds: string[], firstLesson = '2026-09-07') =>
      graph.at(ALDER, (session) =>
        keepTeachingRoll(session, {
          eventId: newUuid(),
          schoolUrn: ALDER,
          aggregateId: '00000000-0000-7000-8000-00000000c001',
          version,
          members: studentIds.map((studentId) => ({
            teacherId: teacher.subject,
            studentId,
            firstLesson,
            lastLesson: null,
          })),
        }),
      );
    const taught = async () => names((await ask({}, teacher)).page);
    expect(await taught()).toEqual([]);
    const [one, two] = [students.s0?.uuid ?? '', students.s1?.uuid ?? ''];
    await expect(roll(2, [one, two, one])).rejects.toThrow(/duplicate key/);
    await roll(2, [one, two]);
    expect(await taught()).toEqual(['Abel Beta', 'Cora beta']);
    await roll(1, []);
    expect(await taught()).toHaveLength(2);
    await roll(3, [two]);
    expect(await taught()).toEqual(['Abel Beta']);
    await roll(4, [two], '2026-12-03');
    expect(await taught()).toEqual([]);
    await roll(5, [two], '2026-12-02');
    expect(await taught()).toEqual(['Abel Beta']);
  });

  it('stay those whom a teacher teaches when the call brings a grant for another of the school', async () => {
    const guest = profileOf(students.s4 ?? { uuid: '', id: '', homeSchool: '' }, BIRCHWOOD);
    const answer = await graph.ask(teacher, LIST, { first: 1 }, [graph.grant(teacher, guest)]);
    expect(answer.data?.students).toMatchObject({
      nodes: [{ displayName: 'Abel Beta' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('are refused to who is at no school', async () => {
    const nowhere: Caller = { ...callerAs('SUPPORT', null), scopes: ['students:read'] };
    expect((await ask({}, nowhere)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('student', () => {
  const one = (caller: Caller, id: string) =>
    graph.ask(caller, 'query ($id: ID!) { student(id: $id) { displayName } }', { id });

  it('is answered to another school as one that is absent, byte for byte', async () => {
    const ids = [students.s0?.id ?? '', encodeId('Student', newUuid()), 'nonsense'];
    const answers = await Promise.all(ids.map(async (id) => JSON.stringify(await one(birchwood, id))));
    expect(new Set(answers)).toEqual(new Set(['{"data":{"student":null}}']));
    expect((await one(alder, students.s0?.id ?? '')).data).toEqual({ student: { displayName: 'Cora beta' } });
  });

  it('S0-15, S0-16 shows what is kept at home to who works with welfare there', async () => {
    const fields =
      'query ($id: ID!) { student(id: $id) { detentions { reason } meals { name } mealAccount { balance } } }';
    const { data } = await graph.ask(alder, fields, { id: students.s0?.id });
    expect(data?.student).toEqual({ detentions: [], meals: [], mealAccount: null });
    const refused = await graph.ask(callerAs('SENCO', ALDER), fields, { id: students.s0?.id });
    expect(refused.errors?.map(({ extensions }) => extensions.code)).toEqual(Array(3).fill('FORBIDDEN'));
  });
});

describe('viewer', () => {
  const VIEWER = '{ viewer { id name role school { urn name } } }';

  it('is the caller with the school of the session', async () => {
    expect((await graph.ask(alder, VIEWER)).data?.viewer).toEqual({
      id: encodeId('Staff', alder.subject),
      name: alder.name,
      role: 'DATA_LEAD',
      school: { urn: ALDER, name: 'Alder Grove School' },
    });
    expect((await graph.ask(callerAs('ANALYST', null), VIEWER)).data?.viewer).toMatchObject({ school: null });
  });

  it('is null where nobody is signed in', async () => {
    expect(await graph.ask(null, VIEWER)).toEqual({ data: { viewer: null } });
  });
});
