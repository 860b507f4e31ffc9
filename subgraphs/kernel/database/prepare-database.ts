import { type MigratedTenant, migrate, WORKER } from './migrate.ts';
import { provisionRoles } from './roles.ts';
import type { StandaloneDatabase } from './standalone-database.ts';

/** Roles and tables as this release needs them. Safe to run at every start. */
export async function prepareDatabase(
  { adminUrl, secrets }: Pick<StandaloneDatabase, 'adminUrl' | 'secrets'>,
  tenants: readonly MigratedTenant[],
): Promise<void> {
  await provisionRoles(adminUrl, secrets.database, [WORKER, ...tenants.map(({ name }) => name)]);
  await migrate(adminUrl, secrets.database, tenants);
}
