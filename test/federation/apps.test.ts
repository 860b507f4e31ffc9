/** Apps: what a school's app grant opens to one, what guest access leaves of that, and how soon it ends. */
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { listClients, retireClient, rotateSecret } from '../../gateway/store/administer-clients.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { addApp, HEARD, letIn, revoke, type TestApp, tokenOf } from '../kit/apps.ts';
import { TEST_TODAY } from '../kit/clock.ts';
import { type Graph, startGraph } from '../kit/graph.ts';
import { recorded } from '../kit/record.ts';
import { codesOf, dataOf, hiddenIn } from './answers.ts';
import { profileAt, studentsOfAlder } from './demo-guests.ts';

const graph = await startGraph();
const { database } = graph;
/** Another gateway on the same database. */
const second = await startGraph({ database });
const [ALDER, BIRCHWOOD, CEDAR] = ['900001', '900002', '900003'];
const BASIC = ['schools:read', 'students:read', 'courses:read'];
const OPERATIONS = ['Q', 'M'];

const students = await studentsOfAlder(graph);
const atSchool = (urn: string) =>
  students.filter(({ guestProfiles }) => guestProfiles.some(({ teachingSchool }) => teachingSchool.urn === urn));
const guest = profileAt(
  BIRCHWOOD,
  atSchool(BIRCHWOOD).find(({ protectedDetails }) => !protectedDetails),
);

beforeEach(() => graph.clock.moveTo(TEST_TODAY));

/** An app that a school has let in, and that every gateway knows of. */
async function appWith(scopes: readonly string[], { school = BIRCHWOOD, ...more } = {}) {
  const app = await addApp(database);
  const grant = await letIn(database, { client: app.name, school, scopes, operations: OPERATIONS, ...more });
  for (const { url } of [graph, second]) await vi.waitFor(() => tokenOf(url, app), HEARD);
  return { app, grant, ask: asking(app) };
}

const asking =
  (app: TestApp) =>
  async (query: string, variables: Record<string, unknown> = {}) =>
    (await bearing(graph, app)).query(query, variables);

const bearing = async ({ url, bearing: whoBears }: Graph, app: TestApp, form: Record<string, string> = {}) =>
  whoBears(await tokenOf(url, app, form), app.name);

interface Guests {
  guestProfiles: { nodes: Record<string, unknown>[] };
}

const GUESTS = `query Q { guestProfiles(first: 100) { nodes { id displayName yearGroup homeSchool { urn } emergencyContacts { name }
  medicalConditions { name } dietaryRequirements { type } inCare { current } freeSchoolMeals { eligible } address { postcode } upn } } }`;
const LIST = 'query Q { guestProfiles(first: 100) { nodes { id displayName } } }';
const YEARS = 'query Q { guestProfiles(first: 5) { nodes { displayName yearGroup } } }';
const MEDICAL = `query Q($id: ID!) { guestProfile(id: $id) { id medicalConditions { name } inCare { current } absenceNotes { text } } }`;

const basic = await appWith(BASIC);

describe('an app', () => {
  it('is told that it is one, and of which school', async () => {
    const { viewer } = dataOf<{ viewer: object }>(await basic.ask('query Q { viewer { name role school { urn } } }'));
    expect(viewer).toEqual({ name: 'An app', role: 'APP', school: { urn: BIRCHWOOD } });
  });

  it('reads all guests of the school, whoever teaches them, and of each what its scopes open', async () => {
    const answer = await basic.ask(GUESTS);
    const { nodes } = dataOf<Guests>(answer).guestProfiles;
    const seenByLead = dataOf<Guests>(await graph.as('data-lead@birchwood.example').query(LIST)).guestProfiles.nodes;
    expect(nodes.map(({ id, displayName }) => ({ id, displayName }))).toEqual(seenByLead);
    expect(nodes.length).toBeGreaterThan(1);
    for (const node of nodes)
      expect(node).toMatchObject({
        displayName: expect.any(String),
        homeSchool: { urn: ALDER },
        emergencyContacts: null,
        medicalConditions: null,
        dietaryRequirements: null,
        inCare: null,
        freeSchoolMeals: null,
        address: null,
        upn: null,
      });
    expect(new Set(codesOf(answer))).toEqual(new Set(['UNAUTHORIZED_FIELD_OR_TYPE']));
  });

  it('reads medical text, care and notes only where its app grant names them', async () => {
    const closed = await basic.ask(MEDICAL, { id: guest });
    expect(dataOf<{ guestProfile: object }>(closed).guestProfile).toMatchObject({
      medicalConditions: null,
      inCare: null,
      absenceNotes: null,
    });
    const named = await appWith([...BASIC, 'students:health', 'students:eligibility', 'notes:read']);
    const open = await named.ask(MEDICAL, { id: guest });
    expect(codesOf(open)).toEqual([]);
    expect(dataOf<{ guestProfile: object }>(open).guestProfile).toMatchObject({
      medicalConditions: expect.any(Array),
      absenceNotes: expect.any(Array),
    });
  });

  it('may ask for a token with less, and reads less with it', async () => {
    const reader = await bearing(graph, basic.app, { scope: 'courses:read' });
    const answer = await reader.query(
      'query Q { courses(first: 1) { nodes { name } } guestProfiles { nodes { id } } }',
    );
    expect(codesOf(answer)).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
    expect(answer.text).not.toContain('gst_');
  });

  it('has what the home school has left of a field, as anybody of the teaching school', async () => {
    const { ask } = await appWith([...BASIC, 'students:address']);
    const ADDRESS = 'query Q($id: ID!) { guestProfile(id: $id) { address { postcode } } }';
    expect(
      dataOf<{ guestProfile: { address: object | null } }>(await ask(ADDRESS, { id: guest })).guestProfile.address,
    ).not.toBeNull();
    const narrow = (access: string) =>
      graph
        .as('data-lead@alder.example')
        .query(
          `mutation M { setGuestFieldAccess(input: { teachingSchoolUrn: "${BIRCHWOOD}", field: "address", access: ${access} }) { userErrors { message } } }`,
        );
    await narrow('HIDDEN');
    const narrowed = await ask(ADDRESS, { id: guest });
    await narrow('VIEW');
    expect(dataOf<{ guestProfile: object }>(narrowed).guestProfile).toEqual({ address: null });
    expect(hiddenIn(narrowed)).toMatchObject([{ field: 'address', reason: 'SCHOOL_OVERRIDE' }]);
  });

  it('reaches nobody of another school: the same answer as for an id that is not there', async () => {
    const foreign = profileAt(CEDAR, atSchool(CEDAR)[0]);
    const ONE = 'query Q($id: ID!) { guestProfile(id: $id) { id displayName } student(id: $id) { id displayName } }';
    for (const id of [foreign, students[0]?.id ?? '', 'gst_AAAAAAAAAAAAAAAAAAAAAA']) {
      const answer = await basic.ask(ONE, { id });
      expect(dataOf(answer)).toEqual({ guestProfile: null, student: null });
      expect(codesOf(answer)).toEqual([]);
    }
  });

  it('of the home school reads its own students, by its own app grant alone', async () => {
    const home = await appWith(BASIC, { school: ALDER });
    const answer = await home.ask('query Q { students(first: 100) { nodes { id legalFirstName } } }');
    const { nodes } = dataOf<{ students: { nodes: { id: string; legalFirstName: null }[] } }>(answer).students;
    expect(nodes).toHaveLength(100);
    const ours = new Set(students.map(({ id }) => id));
    expect(nodes.filter(({ id }) => !ours.has(id))).toEqual([]);
    expect(nodes.every(({ legalFirstName }) => legalFirstName === null)).toBe(true);
    const atBirchwood = await basic.ask('query Q { students(first: 100) { nodes { id } } }');
    const others = dataOf<{ students: { nodes: { id: string }[] } }>(atBirchwood).students.nodes;
    expect(others.filter(({ id }) => ours.has(id))).toEqual([]);
  });

  it('runs the operations that its app grant names, and none else: that is on record', async () => {
    const other = LIST.replace('query Q', 'query Other');
    const { answer, rows } = await recorded(database, await bearing(graph, basic.app), other);
    expect(answer.body.data).toBeUndefined();
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(rows).toMatchObject([{ writer: 'gateway', outcome: 'REFUSED', refusals: [{ code: 'FORBIDDEN' }] }]);
  });

  it('runs no text that is not listed, though it has the name of an operation that its app grant names', async () => {
    const answer = await graph.send(await tokenOf(graph.url, basic.app), { query: 'query Q { viewer { role } }' });
    expect(codesOf(answer)).toEqual(['QUERY_NOT_IN_SAFELIST']);
    expect(answer.body.data).toBeUndefined();
  });
});

describe('a partner’s app', () => {
  const manifest = readFileSync(
    new URL('../../schema/operations/timetable-app/persisted-query-manifest.json', import.meta.url),
    'utf8',
  );
  const { operations } = JSON.parse(manifest) as { operations: { id: string; name: string }[] };
  const byId = (token: string, name: string) =>
    graph.send(token, { documentId: `sha256:${operations.find((each) => each.name === name)?.id}` });

  it('S0-23 is offered guests in a year group and in the form that their home school gives its name', async () => {
    const name = 'timetable-app';
    const secret = await asAdmin(database.adminUrl, (admin) => rotateSecret(admin, name, new Date(0)));
    const form = { client_version: '1.0.0' };
    const token = await vi.waitFor(() => tokenOf(graph.url, { name, secret }, form), HEARD);
    const answer = await byId(token, 'Guests');
    expect(codesOf(answer)).toEqual([]);
    const { nodes } = dataOf<Guests>(answer).guestProfiles;
    expect(nodes.length).toBeGreaterThan(1);
    for (const guestProfile of nodes)
      expect(guestProfile).toMatchObject({
        displayName: expect.any(String),
        yearGroup: expect.stringMatching(/./),
        registrationForm: { name: expect.stringContaining('Alder Grove School') },
        homeSchool: { urn: ALDER },
      });
  });

  it('of the demo runs its operations by their ids, and those alone that its app grant names', async () => {
    const name = 'timetable-app';
    const secret = await asAdmin(database.adminUrl, (admin) => rotateSecret(admin, name, new Date(0)));
    const token = () => vi.waitFor(() => tokenOf(graph.url, { name, secret }, { client_version: '1.0.0' }), HEARD);
    const both = await token();
    for (const each of ['Guests', 'Courses']) {
      const answer = await byId(both, each);
      expect(codesOf(answer)).toEqual([]);
      expect(dataOf(answer)).toBeDefined();
    }
    expect(codesOf(await graph.send(both, { query: LIST }))).toEqual(['PERSISTED_QUERY_ID_REQUIRED']);
    const { grants } = await asAdmin(database.adminUrl, listClients);
    await revoke(database, grants.find(({ client }) => client === name)?.id ?? '');
    await letIn(database, { client: name, school: BIRCHWOOD, scopes: BASIC, operations: ['Courses'] });
    const courses = await vi.waitFor(async () => {
      const narrower = await token();
      expect(codesOf(await byId(narrower, 'Guests'))).toEqual(['FORBIDDEN']);
      return narrower;
    }, HEARD);
    expect(codesOf(await byId(courses, 'Courses'))).toEqual([]);
  });
});

describe('what an app writes', () => {
  const NOTE = `mutation M($id: ID!) { addAbsenceNote(input: { guestProfileId: $id, date: "${TEST_TODAY}", text: "Dentist" }) {
    absenceNote { text writtenBy { name } } userErrors { message } } }`;

  it('is nothing without a scope for it', async () => {
    expect(codesOf(await basic.ask(NOTE, { id: guest }))).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
  });

  it('is stamped with its title', async () => {
    const writer = await appWith([...BASIC, 'notes:read', 'notes:write']);
    const answer = await writer.ask(NOTE, { id: guest });
    expect(dataOf(answer)).toEqual({
      addAbsenceNote: { absenceNote: { text: 'Dentist', writtenBy: { name: 'An app' } }, userErrors: [] },
    });
  });

  it.each([
    ['breaks the glass', `openEmergencyAccess(input: { guestProfileId: "${guest}", reason: "Testing" })`],
    ['narrows a field', `setGuestFieldAccess(input: { teachingSchoolUrn: "${CEDAR}", field: "upn", access: HIDDEN })`],
  ])('never %s, whatever its app grant says', async (_what, field) => {
    const all = await appWith([...BASIC, 'emergency:open', 'sharing:manage', 'access:manage']);
    const answer = await all.ask(`mutation M { ${field} { userErrors { message } } }`);
    expect(codesOf(answer)).toEqual(['UNAUTHORIZED_FIELD_OR_TYPE']);
  });
});

describe('the record of reading', () => {
  it('says which app read, by which client and version, under which app grant and for which purpose', async () => {
    const { app, grant } = await appWith(BASIC, { purpose: 'timetabling' } as object);
    const reader = await bearing(graph, app, { client_version: '2.1.0' });
    const { rows } = await recorded(database, reader, YEARS);
    const { rows: clients } = await asAdmin(database.adminUrl, (admin) =>
      admin.query<{ id: string }>('select id from gateway.client where name = $1', [app.name]),
    );
    expect(rows.map(({ writer }) => writer).sort()).toEqual(['shared-teaching', 'students']);
    for (const row of rows)
      expect(row).toMatchObject({
        outcome: 'READ',
        operation: 'Q',
        kind: 'app',
        role: 'APP',
        subject: clients[0]?.id,
        school: BIRCHWOOD,
        clientName: app.name,
        clientVersion: '2.1.0',
        appGrant: grant,
        appPurpose: 'timetabling',
      });
    expect(rows.flatMap(({ readings }) => readings.flatMap(({ fields }) => fields))).toContain(
      'GuestProfile.displayName',
    );
  });
});

describe('an app grant', () => {
  it('that is revoked opens nothing within five seconds, at every gateway, also to tokens that were given before', async () => {
    const { app, grant } = await appWith(BASIC);
    const readers = await Promise.all([graph, second].map((each) => bearing(each, app)));
    for (const reader of readers) expect((await reader.query(LIST)).status).toBe(200);
    await revoke(database, grant);
    for (const reader of readers)
      await vi.waitFor(async () => expect((await reader.query(LIST)).status).toBe(401), HEARD);
    for (const { url } of [graph, second]) await expect(tokenOf(url, app)).rejects.toThrow('invalid_grant');
  });

  it('given at one gateway is good at every other', async () => {
    const token = await tokenOf(second.url, basic.app);
    expect((await graph.bearing(token, basic.app.name).query(LIST)).status).toBe(200);
  });

  it('ends with its last day, and its tokens with it', async () => {
    const { app } = await appWith(BASIC, { to: TEST_TODAY } as object);
    graph.clock.moveTo('2026-11-18');
    graph.clock.advance(13 * 3_600_000 + 55 * 60_000);
    const reader = await bearing(graph, app);
    expect((await reader.query(LIST)).status).toBe(200);
    graph.clock.advance(6 * 60_000);
    expect((await reader.query(LIST)).status).toBe(401);
    await expect(tokenOf(graph.url, app)).rejects.toThrow('invalid_grant');
  });

  it('ends with its client', async () => {
    const { app } = await appWith(BASIC);
    const reader = await bearing(graph, app);
    await asAdmin(database.adminUrl, (admin) => retireClient(admin, app.name));
    await vi.waitFor(async () => expect((await reader.query(LIST)).status).toBe(401), HEARD);
  });

  it('is heard of where its notice is not: by the look at the tables', async () => {
    const { app, grant } = await appWith(BASIC);
    const reader = await bearing(graph, app);
    const disable = (verb: string) =>
      asAdmin(database.adminUrl, (admin) => admin.query(`alter table gateway.app_grant ${verb} trigger tell_change`));
    await disable('disable');
    const before = performance.now();
    await revoke(database, grant);
    await disable('enable');
    await vi.waitFor(async () => expect((await reader.query(LIST)).status).toBe(401), {
      ...HEARD,
      timeout: 6_000,
    });
    expect(performance.now() - before).toBeLessThan(5_500);
  }, 10_000);
});

it('a token is good for ten minutes', async () => {
  const reader = await bearing(graph, basic.app);
  graph.clock.advance(599_000);
  expect((await reader.query(LIST)).status).toBe(200);
  graph.clock.advance(2_000);
  expect((await reader.query(LIST)).status).toBe(401);
});

describe('a person', () => {
  const lead = demoStaff('data-lead@birchwood.example');
  const comingBy = (name: string) => ({ ...lead, client: { name, version: '1.0.0' } });

  it('may come by a client of persons, which is on record', async () => {
    const { answer, rows } = await recorded(database, graph.as(comingBy('web')), LIST);
    expect(codesOf(answer)).toEqual([]);
    for (const row of rows)
      expect(row).toMatchObject({ kind: 'person', clientName: 'web', clientVersion: '1.0.0', appGrant: null });
  });

  it.each(['timetable-app', 'no-such-client'])('does not come by %s', async (name) => {
    expect((await graph.as(comingBy(name)).query(LIST)).status).toBe(401);
  });
});

describe('a picture', () => {
  it('is shown to the app that its address was made for, with its token, and to no other', async () => {
    const { ask, app } = await appWith([...BASIC, 'students:picture']);
    const other = await appWith([...BASIC, 'students:picture']);
    const answer = await ask('query Q { guestProfiles(first: 100) { nodes { picture { url } } } }');
    const url = dataOf<{ guestProfiles: { nodes: { picture: { url: string } | null }[] } }>(answer)
      .guestProfiles.nodes.map(({ picture }) => picture?.url)
      .find((each) => each !== undefined);
    const get = async (token: string | null) =>
      (await fetch(`${graph.url}${url}`, token === null ? {} : { headers: { authorization: `Bearer ${token}` } }))
        .status;
    expect(await get(await tokenOf(graph.url, app))).toBe(200);
    expect(await get(null)).toBe(404);
    expect(await get(await tokenOf(graph.url, other.app))).toBe(404);
    expect(await get(await tokenOf(graph.url, app, { scope: 'students:read' }))).toBe(404);
  });
});
