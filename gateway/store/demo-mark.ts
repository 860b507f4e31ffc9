/**
 * Whether a database is a demo's. It is marked once, while it holds no person, and never afterwards: demo data and tokens
 * for the asking never come among real people. The public register of schools may be there already.
 */
import type pg from 'pg';
import { asAdmin, type DatabaseTenant, schemaOf } from '../../subgraphs/kernel/database/roles.ts';
import { Setting } from './entities/setting.ts';
import type { Store } from './store.ts';

const DEMO = { name: 'contents', value: 'demo' } as const;

type Tenant = { name: DatabaseTenant };

export async function isDemo(store: Store): Promise<boolean> {
  const setting = await store.em.fork().findOne(Setting, { name: DEMO.name });
  return setting?.value === DEMO.value;
}

/** The same, as an administrator sees it. */
export async function isMarkedDemo(admin: pg.Client): Promise<boolean> {
  const { rowCount } = await admin.query('select from gateway.setting where name = $1 and value = $2', [
    DEMO.name,
    DEMO.value,
  ]);
  return rowCount === 1;
}

/** Marks a database without a person as a demo's. True where it is one, now or since before. */
export async function markIfEmpty(store: Store, adminUrl: string, tenants: readonly Tenant[]): Promise<boolean> {
  if (await isDemo(store)) return true;
  if (!(await holdsNobody(adminUrl, tenants))) return false;
  await store.em.fork().insert(Setting, DEMO);
  return true;
}

/**
 * Every table of persons is under row-level security, and to an administrator who is no superuser that shows an empty
 * table where there are people. So the files' sizes are asked: a table that has never held a row has none.
 */
async function holdsNobody(adminUrl: string, tenants: readonly Tenant[]): Promise<boolean> {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<{ filled: boolean }>(
      `select exists (
         select from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where n.nspname = any($1) and c.relrowsecurity and pg_catalog.pg_relation_size(c.oid) > 0
       ) as filled`,
      [tenants.map(({ name }) => schemaOf(name))],
    ),
  );
  return rows[0]?.filled === false;
}
