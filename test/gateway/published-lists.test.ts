/** Lists in the database: what is published, how every gateway comes to know it, and what keeps it as it is. */

import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { readManifests } from '../../gateway/operations/persisted/manifest.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { retire } from '../../gateway/publishing/retire.ts';
import { addClient, changeClient, retireClient } from '../../gateway/store/administer-clients.ts';
import { openMarksOfUse } from '../../gateway/store/marks-of-use.ts';
import { createReadLists } from '../../gateway/store/operation-lists.ts';
import { listsOf, publishList, retireList } from '../../gateway/store/publish-lists.ts';
import { openStore } from '../../gateway/store/store.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { demoStaff } from '../../subgraphs/kernel/demo/staff.ts';
import { askToken } from '../kit/apps.ts';
import { atEnd } from '../kit/at-end.ts';
import { startGraph } from '../kit/graph.ts';

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
