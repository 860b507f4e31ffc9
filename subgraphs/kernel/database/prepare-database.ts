import { KERNEL_TENANTS, type MigratedTenant, migrate } from './migrate.ts';
import { provisionRoles } from './roles.ts';
import type { Secrets } from './secrets.ts';

/** Roles and tables as this release needs them. Safe to run at every start. */
export async function prepareDatabase(
  { adminUrl, secrets }: { adminUrl: string; secrets: Pick<Secrets, 'database'> },
  tenants: readonly MigratedTenant[],
): Promise<void> {
  await provisionRoles(adminUrl, secrets.database, [...KERNEL_TENANTS, ...tenants.map(({ name }) => name)]);
  await migrate(adminUrl, secrets.database, tenants);
}
