/** Opens a tenant's own connection pool, and refuses a role that could see past row-level security. */
import { type EntitySchema, MikroORM } from '@mikro-orm/postgresql';
import { type DatabaseTenant, roleOf, schemaOf } from './roles.ts';

interface TenantOptions {
  name: DatabaseTenant;
  /** The tenant's own URL (`tenantUrl`). */
  url: string;
  entities: EntitySchema[];
  /** Connections at the most. */
  poolSize?: number;
  /** Of a statement, in milliseconds; PostgreSQL then ends it. Without end where it is left out. */
  patienceMs?: number;
}

export async function openTenant({
  name,
  url,
  entities,
  poolSize = 8,
  patienceMs = 0,
}: TenantOptions): Promise<MikroORM> {
  const orm = await MikroORM.init({
    clientUrl: url,
    schema: schemaOf(name),
    entities,
    discovery: { warnWhenNoEntities: false },
    pool: { min: 0, max: poolSize },
    driverOptions: { statement_timeout: patienceMs },
  });
  try {
    await refuseBypass(orm, name);
    return orm;
  } catch (error) {
    await orm.close(true);
    throw error;
  }
}

async function refuseBypass(orm: MikroORM, name: DatabaseTenant): Promise<void> {
  const [row] = await orm.em.execute<{ may: boolean }[]>(
    `select r.rolsuper or r.rolbypassrls or exists (
       select from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = ? and c.relowner = r.oid
     ) as may from pg_roles r where r.rolname = current_user`,
    [schemaOf(name)],
  );
  if (row?.may !== false)
    throw new Error(
      `The database role of "${name}" could see past row-level security. Expected ${roleOf(name)}: no superuser, no BYPASSRLS, owner of no table.`,
    );
}
