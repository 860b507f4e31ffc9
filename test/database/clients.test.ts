/** The gateway's tables of clients and app grants: who changes them, and what they hold. */
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import {
  addAppGrant,
  addClient,
  changeClient,
  listClients,
  type NewAppGrant,
  type NewClient,
  retireClient,
  revokeAppGrant,
  revokeAppGrantsOf,
  rotateSecret,
} from '../../gateway/store/administer-clients.ts';
import { seedDemoClients } from '../../gateway/store/demo-clients.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { cloneDatabase } from '../kit/database.ts';

const database = await cloneDatabase();
const asAdministrator = <Result>(work: (admin: pg.Client) => Promise<Result>) => asAdmin(database.adminUrl, work);
const query = (tenant: string, text: string) =>
  asAdmin(database.urlOf(tenant), (client) => client.query<Record<string, unknown>>(text));
const DENIED = { code: '42501' };
const TABLES = ['client', 'app_grant'];

const APP: NewClient = { name: 'app', title: 'An app', mode: 'safelist', isPartner: false, isApp: true };
const GRANT: NewAppGrant = {
  ...{ client: 'app', school: '900002', purpose: 'testing', ground: 'contract', operations: ['Q'] },
  ...{ scopes: ['students:read'], from: '2026-09-01', to: '2027-08-31' },
};
await asAdministrator((admin) => addClient(admin, APP));

describe('clients and app grants', () => {
  it.each(TABLES)('%s: the gateway’s role reads them, and lets nobody in', async (table) => {
    expect((await query('gateway', `select * from gateway.${table}`)).rows).toBeDefined();
    for (const change of [
      `insert into gateway.${table} select * from gateway.${table}`,
      `update gateway.${table} set ${table === 'client' ? 'retired_at' : 'revoked_at'} = null`,
      `delete from gateway.${table}`,
      `truncate gateway.${table}`,
      `alter table gateway.${table} disable trigger tell_change`,
    ])
      await expect(query('gateway', change), change).rejects.toMatchObject(DENIED);
  });

  it.each(['students', 'shared-teaching', 'worker', 'audit'])('are not seen by %s', async (tenant) => {
    for (const table of TABLES)
      await expect(query(tenant, `select * from gateway.${table}`)).rejects.toMatchObject(DENIED);
  });

  it('are told of whenever they change, by name of the table and nothing more', async () => {
    const heard: unknown[] = [];
    await asAdmin(database.urlOf('gateway'), async (listener) => {
      listener.on('notification', ({ channel, payload }) => heard.push([channel, payload]));
      await listener.query('listen schoolgraph_gateway');
      await asAdministrator(async (admin) => {
        await revokeAppGrant(admin, await addAppGrant(admin, GRANT));
        await rotateSecret(admin, 'app', new Date());
        await changeClient(admin, 'app', { mode: null, title: 'An app' });
      });
      await listener.query('select 1');
    });
    expect(heard).toEqual([
      ['schoolgraph_gateway', 'app_grant'],
      ['schoolgraph_gateway', 'app_grant'],
      ['schoolgraph_gateway', 'client'],
      ['schoolgraph_gateway', 'client'],
    ]);
  });

  it.each([
    ['a partner’s app that may send any text', 'update gateway.client set is_partner = true'],
    ['an app that may send any text', `update gateway.client set mode = 'log-unknown'`],
    ['a name with a space', `update gateway.client set name = 'an app'`],
    ['a secret in clear', `update gateway.client set secret_hash = 'secret'`],
    ['an app grant on no lawful ground', insertGrant({ ground: `'profit'` })],
    ['an app grant of no operation', insertGrant({ operations: `'{}'` })],
    ['an app grant that ends before it begins', insertGrant({ ends_on: `'2026-08-31'` })],
    ['an app grant of a client that there is not', insertGrant({ client: `'nobody'` })],
  ])('%s is none', async (_what, statement) => {
    await expect(asAdministrator((admin) => admin.query(statement))).rejects.toMatchObject({ code: /^23/ });
  });
});

function insertGrant(change: Record<string, string>): string {
  const values = {
    ...{ id: 'gen_random_uuid()', client: `'app'`, school_urn: `'900002'`, purpose: `'testing'`, ground: `'consent'` },
    ...{ operations: `'{Q}'`, scopes: `'{students:read}'`, starts_on: `'2026-09-01'`, ends_on: `'2026-10-01'` },
    ...change,
  };
  return `insert into gateway.app_grant (${Object.keys(values)}) values (${Object.values(values)})`;
}

describe('an administrator', () => {
  const done = (work: (admin: pg.Client) => Promise<unknown>) => asAdministrator(work);

  it('gives an app one app grant of a school at a time', async () => {
    const id = await asAdministrator((admin) => addAppGrant(admin, GRANT));
    for (const [from, to] of [
      ['2027-08-31', '2027-09-30'],
      ['2026-01-01', '2026-09-01'],
      ['2026-10-01', '2026-10-01'],
    ] as const)
      await expect(done((admin) => addAppGrant(admin, { ...GRANT, from, to }))).rejects.toThrow(`revoke ${id} first`);
    await done((admin) => addAppGrant(admin, { ...GRANT, school: '900003' }));
    await done((admin) => addAppGrant(admin, { ...GRANT, from: '2027-09-01', to: '2028-08-31' }));
    await done((admin) => revokeAppGrant(admin, id));
    await done((admin) => addAppGrant(admin, GRANT));
  });

  it('two of whom grant at once, gives one', async () => {
    const grant = { ...GRANT, school: '900009' };
    const both = await Promise.allSettled([1, 2].map(() => done((admin) => addAppGrant(admin, grant))));
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('changes how a client is met and what it is called, each by itself', async () => {
    const shown = async (name: string) => {
      const { clients } = await asAdministrator(listClients);
      const found = clients.find((each) => each.name === name);
      return [found?.mode, found?.title];
    };
    await done((admin) => addClient(admin, { ...APP, name: 'site', mode: 'open', isApp: false }));
    await done((admin) => changeClient(admin, 'site', { mode: 'log-unknown', title: null }));
    expect(await shown('site')).toEqual(['log-unknown', 'An app']);
    await done((admin) => changeClient(admin, 'site', { mode: null, title: 'A site' }));
    expect(await shown('site')).toEqual(['log-unknown', 'A site']);
    await done((admin) => changeClient(admin, 'site', { mode: 'require-id', title: 'Pages' }));
    expect(await shown('site')).toEqual(['require-id', 'Pages']);
  });

  it('lets no app send any text, and a partner’s none', async () => {
    await done((admin) => addClient(admin, { ...APP, name: 'theirs', mode: 'require-id', isPartner: true }));
    const changing = (name: string, mode: 'open' | 'safelist' | 'require-id') =>
      done((admin) => changeClient(admin, name, { mode, title: null }));
    await expect(changing('app', 'open')).rejects.toThrow('expected safelist or require-id.');
    await expect(changing('theirs', 'safelist')).rejects.toThrow('expected require-id.');
    await changing('app', 'require-id');
    await changing('app', 'safelist');
  });

  it('revokes what a school has given an app, now and to come, as often as there is something', async () => {
    const school = '900008';
    const given = async (from: string, to: string) =>
      asAdministrator((admin) => addAppGrant(admin, { ...GRANT, school, from, to }));
    const revoking = () => asAdministrator((admin) => revokeAppGrantsOf(admin, 'app', school, '2026-11-18'));
    await given('2025-09-01', '2026-08-31');
    const open = [await given('2026-09-01', '2027-08-31'), await given('2027-09-01', '2028-08-31')];
    expect([...(await revoking())].sort()).toEqual(open.sort());
    await expect(revoking()).rejects.toThrow('none of its app grants is in force or to come');
    const again = await given('2026-09-01', '2027-08-31');
    expect(await revoking()).toEqual([again]);
  });

  it('is told where there is no such client, app grant or secret', async () => {
    await done((admin) => addClient(admin, { ...APP, name: 'pages', isApp: false }));
    await done((admin) => addClient(admin, { ...APP, name: 'retired' }));
    await done((admin) => retireClient(admin, 'retired'));
    for (const name of ['nobody', 'pages', 'retired']) {
      await expect(done((admin) => rotateSecret(admin, name, new Date()))).rejects.toThrow(
        /Expected the name of an app/,
      );
      await expect(done((admin) => addAppGrant(admin, { ...GRANT, client: name }))).rejects.toThrow(/name of an app/);
    }
    for (const name of ['nobody', 'retired'])
      await expect(done((admin) => changeClient(admin, name, { mode: null, title: 'x' }))).rejects.toThrow(
        /that is not retired/,
      );
    await expect(done((admin) => retireClient(admin, 'retired'))).rejects.toThrow(/that is not retired/);
    await expect(done((admin) => addClient(admin, { ...APP, name: 'retired' }))).rejects.toThrow(/not used again/);
    await expect(done((admin) => revokeAppGrant(admin, crypto.randomUUID()))).rejects.toThrow(/not revoked/);
  });

  it('of a demo finds its clients there once, and what was made of them stays', async () => {
    const demo = await cloneDatabase();
    const seed = (today: string) => seedDemoClients(demo.adminUrl, today);
    const list = () => asAdmin(demo.adminUrl, listClients);
    await seed('2026-11-18');
    const { clients, grants } = await list();
    expect(clients.map(({ name, mode, isApp, isPartner }) => [name, mode, isApp, isPartner])).toEqual([
      ['timetable-app', 'require-id', true, true],
      ['web', 'log-unknown', false, false],
    ]);
    expect(grants).toMatchObject([{ client: 'timetable-app', school: '900002', from: '2026-09-01', to: '2027-08-31' }]);
    await asAdmin(demo.adminUrl, (admin) => revokeAppGrant(admin, grants[0]?.id ?? ''));
    await seed('2027-01-10');
    expect((await list()).grants.map(({ revokedAt }) => revokedAt)).toEqual([expect.any(Date)]);
    await seed('2027-09-01');
    expect((await list()).grants.map(({ from }) => from)).toEqual(['2026-09-01', '2027-09-01']);
    await asAdmin(demo.adminUrl, (admin) => retireClient(admin, 'timetable-app'));
    await seed('2028-09-01');
    expect((await list()).grants).toHaveLength(2);
  });
});
