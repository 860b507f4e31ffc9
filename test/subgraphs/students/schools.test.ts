import { beforeAll, describe, expect, it } from 'vitest';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { callerOf } from '../../kit/callers.ts';
import { openStudents, type StudentsGraph } from './fixture.ts';

const alder = callerOf('data-lead@alder.example');

/** URN, name, DfE number, status, opened, closed. */
const SCHOOLS = [
  ['100001', 'Oak Primary School', '123/2001', 'CLOSED', '1950-01-01', '2010-08-31'],
  ['100002', 'Oak Academy', '123/2001', 'CLOSED', '2010-09-01', '2018-08-31'],
  ['100003', 'Oak Free School', '123/2001', 'OPEN_PROPOSED_TO_CLOSE', '2018-09-01', null],
  ['100004', 'Oak Future School', '123/2001', 'PROPOSED_TO_OPEN', null, null],
  ['100005', 'elm 100% Infants_', '123/2002', 'CLOSED', '1950-01-01', '2001-08-31'],
  ['100006', 'Elm Infants', '123/2002', 'CLOSED', '1950-01-01', '2011-08-31'],
  ['100007', 'Ash School', '123/2003', 'PROPOSED_TO_OPEN', null, null],
  ['20001', 'Ash Children’s Centre', null, 'OPEN', null, null],
] as const;

let graph: StudentsGraph;

beforeAll(async () => {
  graph = await openStudents();
  await asAdmin(graph.database.adminUrl, async (client) => {
    for (const row of SCHOOLS)
      await client.query(
        `insert into students.school (urn, name, dfe_number, status, opened_on, closed_on)
         values ($1, $2, $3, $4, $5, $6)`,
        [...row],
      );
  });
});

const ask = async (query: string, variables = {}) => {
  const answer = await graph.ask(alder, query, variables);
  return { data: answer.data, code: answer.errors?.[0]?.extensions.code, message: answer.errors?.[0]?.message };
};

describe('a school', () => {
  it('is found by its URN, as text or as a number', async () => {
    const school = { name: 'Alder Grove School', dfeNumber: '999/4001', isSite: true, status: 'OPEN' };
    for (const urn of ['900001', '"900001"'])
      expect((await ask(`{ school(urn: ${urn}) { name dfeNumber isSite status } }`)).data).toEqual({ school });
    expect((await ask('{ school(urn: 999999) { name } }')).data).toEqual({ school: null });
    expect((await ask('{ school(urn: "12") { name } }')).message).toContain('Expected a school URN');
  });

  it('is found by its DfE number: the open one, else the one that closed last, else none', async () => {
    const find = async (dfeNumber: string) =>
      (await ask(`{ schoolByDfeNumber(dfeNumber: "${dfeNumber}") { urn } }`)).data?.schoolByDfeNumber;
    expect(await find('123/2001')).toEqual({ urn: '100003' });
    expect(await find('1232002')).toEqual({ urn: '100006' });
    expect(await find('123/2003')).toBeNull();
    expect(await find('123/9999')).toBeNull();
  });

  it('is an entity by its URN', async () => {
    const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on School { name postcode } } }';
    const of = ['900002', '123456'].map((urn) => ({ __typename: 'School', urn }));
    expect((await ask(query, { of })).data).toEqual({
      _entities: [{ name: 'Birchwood Sixth Form College', postcode: 'ZY1 1ZZ' }, null],
    });
  });
});

describe('schools', () => {
  const LIST = `query ($search: String, $first: Int, $after: String) { schools(search: $search, first: $first, after: $after) {
    nodes { urn name } edges { cursor } pageInfo { hasNextPage endCursor } } }`;
  interface Page {
    nodes: { urn: string; name: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  }
  const page = async (variables: object) => (await ask(LIST, variables)).data?.schools as Page;
  const names = async (search: string) => (await page({ search })).nodes.map(({ name }) => name);

  it('are found by a part of the name, whatever its case, and by nothing else than its letters', async () => {
    expect(await names('OAK a')).toEqual(['Oak Academy']);
    expect(await names('infants')).toEqual(['elm 100% Infants_', 'Elm Infants']);
    expect(await names('0%')).toEqual(['elm 100% Infants_']);
    expect(await names('s_')).toEqual(['elm 100% Infants_']);
    expect(await names('a%c')).toEqual([]);
    expect(await names('\\\\')).toEqual([]);
  });

  it('come page by page, by name', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { nodes, pageInfo }: Page = await page({ first: 3, after });
      seen.push(...nodes.map(({ name }) => name));
      after = pageInfo.hasNextPage ? pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toHaveLength(SCHOOLS.length + 3);
    expect(seen).toEqual(seen.toSorted((one, other) => one.toLowerCase().localeCompare(other.toLowerCase(), 'en')));
  });

  it.each([
    [{ search: 'a' }, '"search" must be a part of a school’s name. Expected 2 to 200 characters.'],
    [{ search: '  a  ' }, 'Expected 2 to 200 characters.'],
    [{ search: 'a'.repeat(201) }, 'Expected 2 to 200 characters.'],
    [{ search: 'o\u0000ak' }, 'without control characters'],
    [{ search: 'o\ud83dak' }, 'Expected text of whole characters'],
    [{ first: 101 }, '"first" must be a whole number from 1 to 100.'],
    [{ after: 'nonsense' }, '"after" must be an endCursor'],
    [{ after: 'sch_999999' }, '"after" must be an endCursor'],
  ])('are refused for %j', async (variables, message) => {
    const answer = await ask(LIST, variables);
    expect(answer.code).toBe('BAD_USER_INPUT');
    expect(answer.message).toContain(message);
  });

  it('are refused to who lacks the scope', async () => {
    const answer = await graph.ask({ ...alder, scopes: [] }, LIST);
    expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});
