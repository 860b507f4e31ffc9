/** Brings a database up to date: the kernel's own schema, the job queue, then each tenant's migrations in their order. */
import { type Migration, Migrator } from '@mikro-orm/migrations';
import { MikroORM } from '@mikro-orm/postgresql';
import { Logger, runMigrations } from 'graphile-worker';
import type pg from 'pg';
import { openWorkerPool } from '../events/worker-pool.ts';
import { AUDIT, prepareAudit, writesRecordSql } from '../record/audit-schema.ts';
import { KERNEL_SCHEMA_SQL } from './kernel-schema.ts';
import { asAdmin, type DatabaseTenant, roleOf, schemaOf, tenantUrl } from './roles.ts';

export interface MigratedTenant {
  name: DatabaseTenant;
  /** Classes in the order in which they run; a class that has run is never changed. */
  migrations: readonly (new (
    ...args: ConstructorParameters<typeof Migration>
  ) => Migration)[];
  /** Names of the events that this tenant may emit, and of those that it handles. */
  publishes: readonly string[];
  subscriptions: readonly string[];
}

export const WORKER: DatabaseTenant = 'worker';

/** Tenants that every graph has, whatever its subgraphs. */
export const KERNEL_TENANTS: readonly DatabaseTenant[] = [WORKER, AUDIT];

/** The name of the job that hands an event to one of its subscribers. */
export const taskOf = (tenant: DatabaseTenant, event: string): string => `${tenant}/${event}`;

/** Safe to run at every start. The administrator's role owns what is made. */
export async function migrate(adminUrl: string, secret: string, tenants: readonly MigratedTenant[]): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', ['schoolgraph migrations']);
    await prepareSchemas(client, tenants);
    await asWorkerMayMakeSchemas(client, () => migrateJobs(tenantUrl(adminUrl, secret, WORKER)));
    await client.query(KERNEL_SCHEMA_SQL);
    await prepareAudit(client, secret);
    for (const tenant of tenants) {
      await client.query(`grant usage on schema kernel to ${roleOf(tenant.name)}`);
      await client.query(`grant execute on all functions in schema kernel to ${roleOf(tenant.name)}`);
      await client.query(writesRecordSql(tenant.name));
      await migrateTenant(adminUrl, tenant);
    }
    await registerEvents(client, tenants);
  });
}

async function prepareSchemas(client: pg.Client, tenants: readonly MigratedTenant[]): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`revoke all on database ${database} from public`);
  for (const name of KERNEL_TENANTS) await client.query(`grant connect on database ${database} to ${roleOf(name)}`);
  for (const { name } of tenants) {
    const [schema, role] = [schemaOf(name), roleOf(name)];
    await client.query(`grant connect on database ${database} to ${role}`);
    await client.query(`create schema if not exists ${schema}`);
    await client.query(`grant usage on schema ${schema} to ${role}`);
    // a migration may take a right away again, as an insert-only table does
    await client.query(
      `alter default privileges in schema ${schema} grant select, insert, update, delete on tables to ${role}`,
    );
    await client.query(
      `create table if not exists ${schema}.inbox (event_id uuid primary key, event text not null, handled_at timestamptz not null default now())`,
    );
    // what has been handled is not forgotten
    await client.query(`revoke update, delete on ${schema}.inbox from ${role}`);
  }
}

/** The queue makes its own schema; with that right for longer, its role could put functions in others' way. */
async function asWorkerMayMakeSchemas(client: pg.Client, work: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  const database = client.escapeIdentifier(rows[0]?.name ?? '');
  await client.query(`grant create on database ${database} to ${roleOf(WORKER)}`);
  try {
    await work();
  } finally {
    await client.query(`revoke create on database ${database} from ${roleOf(WORKER)}`);
  }
}

/** The queue's tables belong to the worker's own role. */
async function migrateJobs(url: string): Promise<void> {
  const pool = openWorkerPool(url, 1);
  await runMigrations({ pgPool: pool, logger: silentLogger }).finally(() => pool.end());
}

async function migrateTenant(adminUrl: string, { name, migrations }: MigratedTenant): Promise<void> {
  if (migrations.length === 0) return;
  const orm = await MikroORM.init({
    clientUrl: adminUrl,
    schema: schemaOf(name),
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations.map((each) => ({ name: each.name, class: each })),
      schema: schemaOf(name),
      tableName: 'migration',
      snapshot: false,
      silent: true,
    },
  });
  try {
    await orm.migrator.up();
    await orm.em.execute(`revoke all on ${schemaOf(name)}.migration from ${roleOf(name)}`);
  } finally {
    await orm.close(true);
  }
}

/** Of these tenants only: others, which run elsewhere, keep theirs. */
async function registerEvents(client: pg.Client, tenants: readonly MigratedTenant[]): Promise<void> {
  const names = tenants.map(({ name }) => name);
  await client.query('begin');
  await client.query(`delete from kernel.subscription where split_part(task, '/', 1) = any($1)`, [names]);
  await client.query('delete from kernel.publisher where role = any($1)', [names.map(roleOf)]);
  for (const { name, publishes, subscriptions } of tenants) {
    for (const event of subscriptions)
      await client.query('insert into kernel.subscription (event, task) values ($1, $2)', [event, taskOf(name, event)]);
    for (const event of publishes)
      await client.query('insert into kernel.publisher (event, role) values ($1, $2)', [event, roleOf(name)]);
  }
  await client.query('commit');
}

const silentLogger = new Logger(() => () => {});
