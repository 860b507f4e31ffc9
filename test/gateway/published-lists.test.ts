/** Lists in the database: what is published, how every gateway comes to know it, and what keeps it as it is. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readManifests } from '../../gateway/operations/persisted/manifest.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { DEFAULT_FRONT, type FrontSettings } from '../../gateway/policy/front-settings.ts';
import { check } from '../../gateway/publishing/check.ts';
import { checkPublished } from '../../gateway/publishing/check-published.ts';
import { list } from '../../gateway/publishing/list.ts';
import { publish } from '../../gateway/publishing/publish.ts';
import { retire } from '../../gateway/publishing/retire.ts';
import { addClient, changeClient, retireClient } from '../../gateway/store/administer-clients.ts';
import { openMarksOfUse } from '../../gateway/store/marks-of-use.ts';
import { createReadLists } from '../../gateway/store/operation-lists.ts';
import { listsOf, publishList, retireList } from '../../gateway/store/publish-lists.ts';
import { openStore } from '../../gateway/store/store.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { failureOf } from '../../subgraphs/kernel/process/lifetime.ts';
import { addApp, askToken, letIn, revoke } from '../kit/apps.ts';
import { atEnd } from '../kit/at-end.ts';
import { startGraph } from '../kit/graph.ts';
import { composed } from './small-graph.ts';

const graph = await startGraph();
const other = await startGraph({ database: graph.database });
const admin = <Result>(work: Parameters<typeof asAdmin<Result>>[1]) => asAdmin(graph.database.adminUrl, work);

const PAGES = { name: 'pages', title: 'Pages', isPartner: false, isApp: false };
const TEXT = 'query Own { viewer { name } }';
const ID = sha256Of(TEXT);
const operationsOf = (text: string, id = sha256Of(text)) =>
  readManifests([{ path: 'a.json', content: JSON.stringify({ [id]: text }) }]).operations;

/** By id, as the data lead of Birchwood by this version of the web client. */
async function asked(where: typeof graph, version: string, id = ID) {
  const token = await where.tokenFor({ ...demoStaff('data-lead@birchwood.example'), client: { name: 'web', version } });
  const response = await fetch(`${where.url}/graphql/${id}`, {
    headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' },
  });
  const { data, errors } = (await response.json()) as { data?: object; errors?: { extensions: { code: string } }[] };
  return errors ? errors.map(({ extensions }) => extensions.code) : data;
}

const OWN = { viewer: { name: demoStaff('data-lead@birchwood.example').name } };
const REFUSED = ['PERSISTED_QUERY_NOT_IN_LIST'];

describe('a list', () => {
  it('is served by every gateway on the database within 5 seconds, and refused by each when it is retired', async () => {
    expect([await asked(graph, '2.0.0'), await asked(other, '2.0.0')]).toEqual([REFUSED, REFUSED]);
    await admin((client) => publishList(client, { client: 'web', version: '2.0.0', operations: operationsOf(TEXT) }));
    for (const each of [graph, other])
      await expect.poll(() => asked(each, '2.0.0'), { timeout: 5_000, interval: 50 }).toEqual(OWN);
    expect(await asked(graph, '1.0.0')).toEqual(REFUSED);
    await admin((client) =>
      retire({ name: 'retire', client: 'web', version: '2.0.0', usedWithinDays: 30, force: true }, client, new Date()),
    );
    for (const each of [graph, other])
      await expect.poll(() => asked(each, '2.0.0'), { timeout: 5_000, interval: 50 }).toEqual(REFUSED);
  });

  it('that is retired is refused within 8 seconds by a gateway that can read no list meanwhile, as whoever has a client is', async () => {
    const version = '2.5.0';
    await admin((client) => publishList(client, { client: 'web', version, operations: operationsOf(TEXT) }));
    await expect.poll(() => asked(graph, version), { timeout: 5_000 }).toEqual(OWN);
    await admin(async (client) => {
      await client.query('begin');
      await client.query('lock table gateway.persisted_list_entry in access exclusive mode');
      await admin((second) => retireList(second, 'web', version));
      await expect.poll(() => asked(graph, version), { timeout: 8_500 }).toEqual(['SERVICE_UNAVAILABLE']);
      const { status, headers, body } = await askToken(graph.url, { name: 'timetable-app', secret: 'any' });
      expect([status, headers.get('retry-after'), body.error]).toEqual([503, '1', 'temporarily_unavailable']);
      await client.query('rollback');
    });
    await expect.poll(() => asked(graph, version), { timeout: 5_000 }).toEqual(REFUSED);
  });

  it('of a demo’s clients is there from the start', async () => {
    const [first] = await admin((client) => listsOf(client, 'web'));
    const roster = first?.operations.find(({ name }) => name === 'Roster');
    expect(await asked(graph, '1.0.0', roster?.id)).toMatchObject({ guestProfiles: { nodes: expect.any(Array) } });
  });

  it('that is read again is the same, to the object, where nothing has changed', async () => {
    const store = await openStore(graph.database.urlOf('gateway'));
    atEnd(() => store.close(true));
    const read = createReadLists(store);
    const first = await read();
    expect(await read()).toBe(first);
    await admin((client) => publishList(client, { client: 'web', version: '3.0.0', operations: operationsOf(TEXT) }));
    const second = await read();
    expect(second).not.toBe(first);
    expect(second.get('web')?.versions.get('1.0.0')?.[0]).toBe(first.get('web')?.versions.get('1.0.0')?.[0]);
  });
});

describe('the mode of a client', () => {
  it('counts at every gateway within 5 seconds of its change', async () => {
    await admin((client) => addClient(client, { ...PAGES, mode: 'open' }));
    const token = () =>
      graph.tokenFor({ ...demoStaff('data-lead@birchwood.example'), client: { name: 'pages', version: null } });
    const codeOf = async ({ url }: typeof graph) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await token()}` },
        body: JSON.stringify({ query: '{ viewer { name } }' }),
      });
      const { errors } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
      return errors?.[0]?.extensions.code ?? 'runs';
    };
    await expect.poll(() => codeOf(graph), { timeout: 5_000, interval: 50 }).toBe('runs');
    for (const [mode, expected] of [
      ['safelist', 'QUERY_NOT_IN_SAFELIST'],
      ['require-id', 'PERSISTED_QUERY_ID_REQUIRED'],
      ['log-unknown', 'runs'],
    ] as const) {
      await admin((client) => changeClient(client, 'pages', { mode, title: null }));
      await expect.poll(() => codeOf(graph), { timeout: 5_000, interval: 50 }).toBe(expected);
    }
    await admin((client) => retireClient(client, 'pages'));
  });
});

describe('an id that was published', () => {
  it('never means another text: publishing one is refused, and nothing of it is published', async () => {
    const changed = operationsOf('query Own { viewer { role } }', ID);
    const added = operationsOf('query More { viewer { role } }');
    const operations = [...changed, ...added];
    await expect(
      admin((client) => publishList(client, { client: 'web', version: '9.0.0', operations })),
    ).rejects.toThrow(`Another text was published for web under these ids, which stay what they are: ${ID} (Own).`);
    expect((await admin((client) => listsOf(client, 'web'))).map(({ version }) => version)).not.toContain('9.0.0');
  });

  it('is another’s business: another client may publish another text under it', async () => {
    const changed = operationsOf('query Guests { viewer { role } }', 'shared-id');
    const own = operationsOf('query Mine { viewer { name } }', 'shared-id');
    await admin((client) => publishList(client, { client: 'timetable-app', version: '7.0.0', operations: changed }));
    await admin((client) => publishList(client, { client: 'web', version: '7.0.0', operations: own }));
  });

  it.each([
    `update gateway.persisted_operation set text = 'query Other { a }'`,
    `delete from gateway.persisted_operation`,
    `truncate gateway.persisted_operation cascade`,
  ])('is not changed by an administrator: %s', async (statement) => {
    await expect(admin((client) => client.query(statement))).rejects.toThrow('stays as it is');
  });

  it.each([
    `insert into gateway.persisted_operation (client, id, name, text, hash) values ('web', 'x', 'X', 'x', repeat('0', 64))`,
    `insert into gateway.persisted_list (client, version) values ('web', '99')`,
    `insert into gateway.persisted_list_entry (client, version, operation_id) values ('web', '1.0.0', 'x')`,
    `update gateway.persisted_list set retired_at = null`,
    `delete from gateway.persisted_list_entry`,
  ])('is not published by a gateway’s own role: %s', async (statement) => {
    const store = await openStore(graph.database.urlOf('gateway'));
    atEnd(() => store.close(true));
    await expect(store.em.fork().execute(statement)).rejects.toThrow('permission denied');
  });
});

describe('a mark of use', () => {
  it('is written once an hour at the most, and to the list that was asked by', async () => {
    const store = await openStore(graph.database.urlOf('gateway'));
    atEnd(() => store.close(true));
    const lists = await createReadLists(store)();
    const operation = lists.get('web')?.versions.get('1.0.0')?.[0];
    if (!operation) throw new Error('Expected a list of the demo.');
    let now = new Date('2030-01-01T10:00:00Z');
    const marks = openMarksOfUse(store, { clock: { now: () => now }, unwritten: (error) => Promise.reject(error) });
    const listed = { operation, version: '1.0.0' };
    const markedAt = async () => {
      await marks.write();
      const { rows } = await sql<{
        at: string | null;
      }>`select to_char(last_used_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') as at from gateway.persisted_list_entry
        where client = 'web' and version = '1.0.0' and operation_id = ${operation.id}`.execute(
        store.em.fork().getKysely(),
      );
      return rows[0]?.at;
    };
    marks.used(listed);
    expect(await markedAt()).toBe('2030-01-01 10:00');
    now = new Date('2030-01-01T10:59:00Z');
    marks.used(listed);
    // another gateway’s, or the same list read again
    marks.used({ ...listed });
    expect(await markedAt()).toBe('2030-01-01 10:00');
    now = new Date('2030-01-01T11:01:00Z');
    marks.used(listed);
    expect(await markedAt()).toBe('2030-01-01 11:01');
    await marks.close();
  });
});

describe('npm run operations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'operations-'));
  atEnd(async () => rmSync(folder, { recursive: true }));
  const file = (name: string, content: string): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const publishing = (client: string, version: string, ...files: string[]) =>
    admin((connection) =>
      publish(
        { name: 'publish', client, version, files, supergraph: undefined },
        { admin: connection, front: DEFAULT_FRONT, calledFrom: '/', today: graph.clock.today() },
      ),
    );

  it('publish says what each needs and what has changed, and serves it', async () => {
    const [one, two] = [
      file('own.graphql', TEXT),
      file('list.graphql', 'query List($n: Int = 5) { guestProfiles(first: $n) { nodes { id upn } } }'),
    ];
    expect(await publishing('web', '4.0.0', one, two)).toMatchObject({ problems: [] });
    const changed = file('list2.graphql', 'query List($n: Int!) { guestProfiles(first: $n) { nodes { id } } }');
    const { told } = await publishing('web', '4.1.0', changed);
    expect(told[0]).toMatch(/^[\da-f]{64} {2}query List {2}needs students:read {2}cost 201$/);
    expect(told.slice(1)).toEqual([
      'web 4.1.0, compared with 4.0.0:',
      'Changed, under another id: List.',
      'Gone: Own.',
      'Breaking. List: its answer has no "guestProfiles.nodes.upn" any more.',
      'Breaking. List: its variable "$n" is Int!, and was Int.',
      'Judged by the usual limits. Gateways refuse what is over theirs.',
    ]);
  });

  it('publish judges by the limits of its environment, and says by which', async () => {
    const dear = file('dear.graphql', 'query Dear { guestProfiles(first: 100) { nodes { id } } }');
    const dearest =
      'query Dearest($id: ID!) { guestProfile(id: $id) { id } guestProfiles(first: 100) { nodes { id } } }';
    const maybe = file('maybe.graphql', 'query Maybe($n: Int = 50) { guestProfiles(first: $n) { nodes { id } } }');
    const limits = { ...DEFAULT_FRONT.limits, cost: 400 };
    const judging = (front: FrontSettings, ...files: string[]) =>
      admin((connection) =>
        publish(
          { name: 'publish', client: 'web', version: '4.2.0', files, supergraph: undefined },
          { admin: connection, front, calledFrom: '/', today: graph.clock.today() },
        ),
      );
    expect((await judging({ ...DEFAULT_FRONT, limits }, dear)).problems).toEqual([
      expect.stringMatching(/dear\.graphql, operation "Dear": The operation may cost more than 400 to answer/),
      'Nothing is published. Problems: 1.',
    ]);
    // no variable makes it cheaper
    expect((await judging({ ...DEFAULT_FRONT, limits }, file('dearest.graphql', dearest))).problems).toHaveLength(2);
    const { told, problems } = await judging({ ...DEFAULT_FRONT, limits, assumedListSize: 7 }, maybe);
    expect([problems, told[0], told.at(-1)]).toEqual([
      [],
      expect.stringMatching(/cost 501, and no more than 400 is answered: with other variables$/),
      'Judged by LIMIT_COST=400, ASSUMED_LIST_SIZE=7, and the usual limits else. Gateways refuse what is over theirs.',
    ]);
    const measured = await judging({ ...DEFAULT_FRONT, limits, limitMode: 'measure' }, dear);
    expect(measured.told.at(-1)).toMatch(/^No limits were enforced here \(LIMITS=measure\)\./);
  });

  it('publish publishes nothing where one operation does not hold, and says of each which and why', async () => {
    const aliases = Array.from({ length: 20 }, (_, at) => `a${at}: viewer { name }`).join(' ');
    const wrong = [
      [
        'query Wrong { nothing }',
        'operation "Wrong": Cannot query field "nothing" on type "Query". (line 1, column 15)',
      ],
      [`query Long { ${aliases} }`, 'operation "Long": The operation renames fields of one name more than 15 times'],
      ['{ viewer { name } }', 'operation "": expected an operation with a name'],
    ] as const;
    const files = wrong.map(([text], index) => file(`bad-${index}.graphql`, text));
    const { problems } = await publishing('web', '5.0.0', file('good.graphql', TEXT), ...files);
    for (const [index, [, expected]] of wrong.entries())
      expect(problems).toContainEqual(expect.stringContaining(`bad-${index}.graphql, ${expected}`));
    expect(problems.at(-1)).toBe('Nothing is published. Problems: 3.');
    expect((await admin((client) => listsOf(client, 'web'))).map(({ version }) => version)).not.toContain('5.0.0');
  });

  it('publish refuses operations of a partner’s that no app grant covers, by name or by scope', async () => {
    const unnamed = file('pupils.graphql', 'query Pupils { guestProfiles { nodes { id } } }');
    const tooMuch = file('lessons.graphql', 'query Lessons { courses { nodes { id } } }');
    const grant = { client: 'timetable-app', school: '900001', scopes: ['students:read'], operations: ['Lessons'] };
    await letIn(graph.database, grant);
    const { problems } = await publishing('timetable-app', '5.0.0', unnamed, tooMuch);
    expect(problems).toEqual([
      expect.stringContaining('operation "Pupils": no app grant of timetable-app names it.'),
      expect.stringMatching(/operation "Lessons": no app grant of timetable-app that names it gives courses:read\.$/),
      'Nothing is published. Problems: 2.',
    ]);
  });

  it('publish refuses operations of an own app that no app grant covers, too', async () => {
    const own = await addApp(graph.database);
    const named = file('named.graphql', 'query Named { guestProfiles { nodes { id } } }');
    const told = async () => (await publishing(own.name, '1.0.0', named)).problems[0];
    expect(await told()).toContain(`operation "Named": no app grant of ${own.name} names it.`);
    const grant = { client: own.name, school: '900001', operations: ['Named'] };
    const tooLittle = await letIn(graph.database, { ...grant, scopes: ['courses:read'] });
    expect(await told()).toMatch(/that names it gives students:read\.$/);
    await revoke(graph.database, tooLittle);
    await letIn(graph.database, { ...grant, scopes: ['students:read'] });
    expect(await told()).toBeUndefined();
    await admin((client) => retireClient(client, own.name));
  });

  it('publish refuses operations of a partner’s that are not in the contract', async () => {
    const text = 'query Guests { guestProfiles { nodes { id emergencyContacts { phone } } } }';
    const files = [file('contacts.graphql', text)];
    const { problems } = await publishing('timetable-app', '5.0.0', ...files);
    expect(problems[0]).toContain('Cannot query field "emergencyContacts" on type "GuestProfile".');
    const checked = (isPartner: boolean) =>
      check({ name: 'check', files, supergraph: undefined, isPartner }, DEFAULT_FRONT, '/').problems;
    expect([checked(true), checked(false)]).toEqual([problems.slice(0, 1), []]);
  });

  it('publish takes what an app grant covers', async () => {
    const text = 'query Guests { guestProfiles { nodes { id displayName } } }';
    expect(await publishing('timetable-app', '5.0.0', file('covered.graphql', text))).toMatchObject({ problems: [] });
  });

  it('check says what of all that is published would not hold in another supergraph, and when it was last asked for', async () => {
    const gone = operationsOf('query Gone { viewer { role } }');
    for (const version of ['8.0.0', '8.1.0'])
      await admin((client) =>
        publishList(client, { client: 'web', version, operations: [...gone, ...operationsOf(TEXT)] }),
      );
    await admin((client) =>
      client.query(
        `update gateway.persisted_list_entry set last_used_at = '2026-11-01' where client = 'web' and version = '8.0.0'`,
      ),
    );
    const smaller = composed([
      { name: 'one', typeDefs: 'type Query { viewer: Viewer } type Viewer { name: String }', resolvers: {} },
    ]);
    const checked = (text: string) =>
      admin((client) =>
        checkPublished(
          { name: 'check-published', supergraph: file('other.graphql', text) },
          { admin: client, front: DEFAULT_FRONT, calledFrom: '/' },
        ),
      );
    const own = (problems: readonly string[]) => problems.filter((problem) => problem.startsWith('web 8.'));
    const { told, problems } = await checked(smaller);
    expect(told).toContainEqual(expect.stringMatching(/^Published operations of web: \d+\.$/));
    expect(own(problems)).toEqual([
      'web 8.0.0, 8.1.0, operation "Gone": Cannot query field "role" on type "Viewer". (line 1, column 23) (last asked for 2026-11-01)',
    ]);
    expect(problems).toContainEqual(
      expect.stringMatching(/^timetable-app 1\.0\.0, operation "Guests": .* \(never asked for\)$/),
    );
    const served = readFileSync(new URL('../../schema/supergraph.graphql', import.meta.url), 'utf8');
    expect(own((await checked(served)).problems)).toEqual([]);
  });

  it('publish, list and retire name the clients there are where there is none of the name', async () => {
    const failed = await publishing('nobody', '1.0.0', file('own2.graphql', TEXT)).catch((error: unknown) => error);
    // as whoever called the command reads it
    const told = 'There is no client "nobody". There are: timetable-app, web.';
    expect(failureOf(failed)).toBe(told);
    await expect(admin((client) => list({ name: 'list', client: 'nobody' }, client))).rejects.toThrow(told);
    const retiring = { client: 'nobody', version: '1.0.0', usedWithinDays: 30, force: true };
    await expect(admin((client) => retire({ name: 'retire', ...retiring }, client, new Date()))).rejects.toThrow(told);
  });

  it('retire refuses while a list is in use, by what and until when, unless it is forced', async () => {
    await admin((client) => publishList(client, { client: 'web', version: '6.0.0', operations: operationsOf(TEXT) }));
    await admin((client) =>
      client.query(
        `update gateway.persisted_list_entry set last_used_at = '2026-11-01' where client = 'web' and version = '6.0.0'`,
      ),
    );
    const retiring = (force: boolean, now: string) =>
      admin((client) =>
        retire({ name: 'retire', client: 'web', version: '6.0.0', usedWithinDays: 30, force }, client, new Date(now)),
      );
    await expect(retiring(false, '2026-11-20')).rejects.toThrow(
      'web 6.0.0 is in use. Asked for within 30 days, last: Own (2026-11-01).',
    );
    expect((await retiring(false, '2026-12-20')).told[0]).toContain('web 6.0.0 is retired');
    for (const force of [true, false])
      await expect(retiring(force, '2026-11-20')).rejects.toThrow('no list of web 6.0.0 that is not retired');
    await expect(
      admin((client) => publishList(client, { client: 'web', version: '6.0.0', operations: operationsOf(TEXT) })),
    ).rejects.toThrow('retired: publish another version');
    const { told } = await admin((client) => list({ name: 'list', client: 'web' }, client));
    expect(told.find((line) => line.includes('6.0.0'))).toMatch(/retired \d{4}-\d\d-\d\d$/);
  });
});
