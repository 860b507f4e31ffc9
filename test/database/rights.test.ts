/** What the database itself allows each role: the wall behind every line of code. */
import type pg from 'pg';
import { describe, expect, it } from 'vitest';
import { GATEWAY } from '../../gateway/store/tenant.ts';
import { migrate } from '../../subgraphs/kernel/database/migrate.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { cloneDatabase } from '../kit/database.ts';

const database = await cloneDatabase();
const asTenant = <Result>(tenant: string, work: (client: pg.Client) => Promise<Result>) =>
  asAdmin(database.urlOf(tenant), work);
const query = (tenant: string, text: string) => asTenant(tenant, (client) => client.query(text));
const DENIED = { code: '42501' };

describe('functions that run with more rights than their caller', () => {
  it('are exactly these', async () => {
    const { rows } = await asAdmin(database.adminUrl, (client) =>
      client.query(`select n.nspname || '.' || p.proname as name, r.rolname as owner, p.proconfig as config
        from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker')`),
    );
    expect(rows).toEqual([{ name: 'kernel.emit', owner: 'schoolgraph_worker', config: ['search_path=""'] }]);
  });
});

describe('events', () => {
  const emit = (event: string) => `select kernel.emit('${event}', '{}')`;

  it.each([
    ['students', 'student.left'],
    ['shared-teaching', 'teaching-roll.changed'],
  ])('%s emits its own: %s', async (tenant, event) => {
    await expect(query(tenant, `begin; ${emit(event)}; rollback`)).resolves.toBeDefined();
  });

  it.each([
    ['students', 'teaching-roll.changed'],
    ['shared-teaching', 'student.left'],
    ['gateway', 'student.left'],
  ])('%s cannot emit %s', async (tenant, event) => {
    await expect(query(tenant, emit(event))).rejects.toMatchObject(DENIED);
  });

  it('keep their subscribers when one tenant alone is migrated', async () => {
    const own = await cloneDatabase();
    const subscriptions = async () =>
      (await asAdmin(own.adminUrl, (client) => client.query('select * from kernel.subscription order by 1, 2'))).rows;
    const before = await subscriptions();
    expect(before.length).toBeGreaterThan(0);
    await migrate(own.adminUrl, own.secret, [GATEWAY]);
    expect(await subscriptions()).toEqual(before);
  });
});

describe('a role', () => {
  it.each(['students', 'shared-teaching', 'gateway'])(
    'of %s does not reach another’s schema, nor the queue',
    async (tenant) => {
      for (const schema of ['students', 'shared_teaching', 'gateway', 'graphile_worker'].filter(
        (each) => each !== tenant.replaceAll('-', '_'),
      )) {
        const { rows } = await query(tenant, `select has_schema_privilege(current_user, '${schema}', 'usage') as may`);
        expect(rows, schema).toEqual([{ may: false }]);
      }
    },
  );

  it.each(['students', 'shared_teaching', 'gateway'])(
    'of %s rewrites neither its migrations nor what it has handled',
    async (schema) => {
      const tenant = schema.replaceAll('_', '-');
      for (const text of [
        `delete from ${schema}.migration`,
        `select * from ${schema}.migration`,
        `delete from ${schema}.inbox`,
        `update ${schema}.inbox set event = ''`,
        `create table ${schema}.extra ()`,
      ])
        await expect(query(tenant, text), text).rejects.toMatchObject(DENIED);
    },
  );

  it('of shared-teaching adds to what was opened in an emergency, and changes nothing of it', async () => {
    const rights = ['select', 'insert', 'update', 'delete', 'truncate'].map(
      (right) => `has_table_privilege(current_user, 'shared_teaching.emergency_access', '${right}') as ${right}`,
    );
    const { rows } = await query('shared-teaching', `select ${rights.join()}`);
    expect(rows).toEqual([{ select: true, insert: true, update: false, delete: false, truncate: false }]);
  });

  it.each(['students', 'shared_teaching'])(
    'of %s owns no table, and every table of persons is under forced row-level security',
    async (schema) => {
      const { rows } = await asAdmin(database.adminUrl, (client) =>
        client.query<{ name: string }>(
          `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = $1 and c.relkind = 'r' and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`,
          [schema],
        ),
      );
      expect(rows.map(({ name }) => name)).toEqual(OPEN_TABLES[schema]);
    },
  );
});

/** Tables without a person: what has been handled, what has been migrated, the register of schools. */
const OPEN_TABLES: Record<string, string[]> = {
  students: ['inbox', 'migration'],
  shared_teaching: ['inbox', 'migration', 'school_site'],
};
