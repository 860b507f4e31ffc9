import { describe, expect, it } from 'vitest';
import { findAccount, listAddresses } from '../../gateway/store/accounts.ts';
import { seedDemoAccounts } from '../../gateway/store/demo-accounts.ts';
import { isDemo, markIfEmpty } from '../../gateway/store/demo-mark.ts';
import { openStore } from '../../gateway/store/store.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { DEMO_STAFF } from '../../subgraphs/kernel/demo/staff.ts';
import { atEnd } from '../kit/at-end.ts';
import { cloneDatabase, type TestDatabase } from '../kit/database.ts';
import { loadSubgraphs, tenantsOf } from '../kit/tenants.ts';

const NOW = new Date('2026-11-18T10:00:00Z');
const tenants = tenantsOf(await loadSubgraphs());

async function openClone() {
  const database = await cloneDatabase();
  const store = await openStore(database.urlOf('gateway'));
  atEnd(() => store.close(true));
  return { database, store };
}

const run = (database: TestDatabase, sql: string) =>
  asAdmin(database.adminUrl, async (client) => (await client.query(sql)).rows);

const ONE_ACCOUNT = `insert into gateway.account (id, email, name, role) values (gen_random_uuid(), 'una@school.example', 'Una', 'TEACHER')`;
const ONE_STUDENT = `insert into students.taught_student (school_urn, course_id, teacher_id, student_id, first_lesson)
  values ('123456', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), '2026-09-01')`;
const ONE_SCHOOL = `insert into shared_teaching.school_site (urn, name, version) values ('123456', 'A School', 1)`;

describe('accounts', () => {
  it('are found by their address, however it is written', async () => {
    const { store } = await openClone();
    await seedDemoAccounts(store, NOW);
    expect(await findAccount(store, ' Data-Lead@Birchwood.example')).toMatchObject({
      name: 'Bea Birchall',
      role: 'DATA_LEAD',
      schoolUrn: '900002',
    });
    expect(await findAccount(store, 'data-lead@birchwood')).toBeNull();
    expect(await findAccount(store, '%')).toBeNull();
  });

  it('of the demo are there once, and stay as they are', async () => {
    const { store, database } = await openClone();
    await seedDemoAccounts(store, NOW);
    await run(database, `update gateway.account set name = 'Bea B.' where email = 'data-lead@birchwood.example'`);
    await seedDemoAccounts(store, NOW);
    expect(await listAddresses(store)).toEqual(DEMO_STAFF.map(({ email }) => email).sort());
    expect((await findAccount(store, 'data-lead@birchwood.example'))?.name).toBe('Bea B.');
  });

  it('are seen by the gateway’s role alone, whatever else is granted', async () => {
    const { store, database } = await openClone();
    await seedDemoAccounts(store, NOW);
    await run(database, 'grant usage on schema gateway to schoolgraph_students');
    await run(database, 'grant select on gateway.account to schoolgraph_students');
    const rows = await asAdmin(database.urlOf('students'), (client) => client.query('select * from gateway.account'));
    expect(rows.rowCount).toBe(0);
  });

  it('do not take an address in capitals, so that one person has one', async () => {
    const { database } = await openClone();
    await expect(run(database, ONE_ACCOUNT.replace('una@', 'Una@'))).rejects.toThrow(/check constraint/);
  });
});

describe('a database', () => {
  it('that holds nobody becomes a demo’s, and stays one', async () => {
    const { store, database } = await openClone();
    expect(await isDemo(store)).toBe(false);
    expect(await markIfEmpty(store, database.adminUrl, tenants)).toBe(true);
    expect(await isDemo(store)).toBe(true);
    await run(database, ONE_ACCOUNT);
    expect(await markIfEmpty(store, database.adminUrl, tenants)).toBe(true);
  });

  it('with the public register of schools in it becomes one, too', async () => {
    const { store, database } = await openClone();
    await run(database, ONE_SCHOOL);
    expect(await markIfEmpty(store, database.adminUrl, tenants)).toBe(true);
  });

  it.each([
    ['an account', ONE_ACCOUNT],
    ['a pupil', ONE_STUDENT],
  ])('that holds %s never becomes one', async (_what, insert) => {
    const { store, database } = await openClone();
    await run(database, insert);
    expect(await markIfEmpty(store, database.adminUrl, tenants)).toBe(false);
    expect(await isDemo(store)).toBe(false);
  });

  it('does not look empty to an administrator to whom row-level security shows nothing', async () => {
    const { store, database } = await openClone();
    await run(database, ONE_STUDENT);
    const owner = `owner_${crypto.randomUUID().slice(0, 8)}`;
    await run(database, `create role ${owner} login password 'x'`);
    atEnd(() => run(database, `drop owned by ${owner}`).then(() => run(database, `drop role ${owner}`)));
    await run(database, `grant usage on schema students to ${owner}`);
    await run(database, `grant select on students.taught_student to ${owner}`);
    const url = new URL(database.adminUrl);
    [url.username, url.password] = [owner, 'x'];
    const { rowCount } = await asAdmin(url.href, (client) => client.query('select from students.taught_student'));
    expect(rowCount).toBe(0);
    expect(await markIfEmpty(store, url.href, tenants)).toBe(false);
  });
});
