/** The record of reading is written to and nothing else: by rights for those who write, by triggers for everybody. */
import { describe, expect, it } from 'vitest';
import { asAdmin, roleOf } from '../../subgraphs/kernel/database/roles.ts';
import { AUDIT } from '../../subgraphs/kernel/record/audit-schema.ts';
import { callerAs } from '../kit/callers.ts';
import { recordOf, sealAll } from '../kit/record.ts';
import { arrangeRecord, BIRCH, writeRow } from './record-rows.ts';

const subgraphs = await arrangeRecord();
const { database } = subgraphs;
await sealAll(database);

const query = (url: string, text: string) => asAdmin(url, (client) => client.query(text));
const DENIED = { code: '42501' };
const TABLES = ['audit.reading', 'audit.seal', 'audit.head', 'audit.chains'];
const WRITERS = ['students', 'shared-teaching', 'gateway'];

describe('who writes to the record', () => {
  it.each(WRITERS)('%s may insert readings', async (tenant) => {
    const { rows } = await query(
      database.urlOf(tenant),
      `select attname as no from pg_attribute where attrelid = 'audit.reading'::regclass and attnum > 0
       and not has_column_privilege('audit.reading', attnum, 'insert')`,
    );
    // but in whose order it stands
    expect(rows).toEqual([{ no: 'xid' }]);
  });

  it.each(
    WRITERS.flatMap((tenant) => [
      [tenant, 'select count(*) from audit.reading'],
      [tenant, `update audit.reading set role = ''`],
      [tenant, 'delete from audit.reading'],
      [tenant, 'truncate audit.reading'],
      [tenant, 'select count(*) from audit.seal'],
      [tenant, 'insert into audit.seal select'],
      [tenant, 'select count(*) from audit.head'],
      [tenant, `update audit.head set length = 0`],
      [tenant, 'select count(*) from audit.chains'],
      [tenant, `update audit.chains set lengths = '{}'`],
      [tenant, 'alter table audit.reading disable trigger insert_only'],
      [tenant, 'drop table audit.reading'],
      [tenant, 'create table audit.extra ()'],
    ]),
  )('%s may not: %s', async (tenant, text) => {
    await expect(query(database.urlOf(tenant), text)).rejects.toMatchObject(DENIED);
  });

  it('writes in its own name only', async () => {
    const inNameOf = (writer: string) =>
      `insert into audit.reading (id, at, writer, outcome, subject, kind, role, policy, students, readings, refusals, mac)
       values (gen_random_uuid(), now(), '${writer}', 'READ', '', '', '', '', '{}', '[]', '[]', '')`;
    await expect(query(database.urlOf('students'), inNameOf('gateway'))).rejects.toMatchObject(DENIED);
    await expect(query(database.urlOf('gateway'), inNameOf('students'))).rejects.toMatchObject(DENIED);
    await query(database.urlOf('gateway'), `begin; ${inNameOf('gateway')}; rollback`);
  });

  it.each(WRITERS)('%s puts a row at no place of its choosing', async (tenant) => {
    const text = (xid: string) =>
      `begin; insert into audit.reading (id, at, writer, outcome, subject, kind, role, policy, students, readings, refusals, mac${xid && ', xid'})
       values (gen_random_uuid(), now(), '${tenant}', 'READ', '', '', '', '', '{}', '[]', '[]', ''${xid}); rollback`;
    await query(database.urlOf(tenant), text(''));
    await expect(query(database.urlOf(tenant), text(`, '3'`))).rejects.toMatchObject(DENIED);
  });
});

describe('the role that seals', () => {
  it.each([
    'insert into audit.reading select',
    `update audit.reading set role = ''`,
    'delete from audit.reading',
    'truncate audit.reading',
    `update audit.seal set hash = ''`,
    'delete from audit.seal',
    'delete from audit.head',
    `update audit.head set school = ''`,
    `update audit.head set length = length - 1`,
    `update audit.head set hash = ''`,
    'delete from audit.chains',
    `insert into audit.chains (lengths, mac) values ('{}', '')`,
    `update audit.chains set lengths = '{}'`,
    `update audit.chains set lengths = lengths - '900001'`,
    `update audit.chains set lengths = jsonb_set(lengths, '{900001}', '1')`,
  ])('may not: %s', async (text) => {
    await expect(query(database.urlOf(AUDIT), text)).rejects.toMatchObject(DENIED);
  });

  it('owns nothing, and is no more than the others', async () => {
    const { rows } = await query(
      database.adminUrl,
      `select rolsuper, rolbypassrls, rolcreaterole,
         has_table_privilege(rolname, 'audit.reading', 'insert, update, delete, truncate') as writes,
         exists (select from pg_class where relowner = r.oid) as owns from pg_roles r where rolname = '${roleOf(AUDIT)}'`,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, writes: false, owns: false }]);
  });
});

describe('the owner, and a superuser', () => {
  it.each(
    TABLES.flatMap((table) => [
      [table, `update ${table} set mac = ''`],
      [table, `delete from ${table}`],
      [table, `truncate ${table} cascade`],
    ]),
  )('does not change %s: %s', async (_table, text) => {
    for (const setting of ['', 'set session_replication_role = replica; '])
      await expect(query(database.adminUrl, setting + text)).rejects.toMatchObject({
        ...DENIED,
        message: expect.stringMatching(/on record|only grows/),
      });
  });

  it('does not shorten a chain', async () => {
    await expect(query(database.adminUrl, 'update audit.head set length = length - 1')).rejects.toMatchObject(DENIED);
  });
});

describe('a row', () => {
  it('is stored as it was written, under the caller’s school', async () => {
    const before = (await recordOf(database)).length;
    await writeRow(subgraphs, callerAs('SENCO', BIRCH), 7);
    const rows = await recordOf(database);
    expect(rows).toHaveLength(before + 1);
    expect(rows.at(-1)).toMatchObject({
      writer: 'students',
      outcome: 'READ',
      role: 'SENCO',
      school: BIRCH,
      clientName: 'a client',
      clientVersion: '1.7',
      operation: 'Anything',
    });
  });

  it.each(TABLES)('%s is under forced row-level security', async (table) => {
    const { rows } = await query(
      database.adminUrl,
      `select relrowsecurity and relforcerowsecurity as forced from pg_class where oid = '${table}'::regclass`,
    );
    expect(rows).toEqual([{ forced: true }]);
  });
});
