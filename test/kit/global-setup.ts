/** One PostgreSQL server for the whole run, with a migrated database that test files clone. */
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../subgraphs/kernel/database/embedded/embedded-postgres.ts';
import { KERNEL_TENANTS, migrate } from '../../subgraphs/kernel/database/migrate.ts';
import { asAdmin, provisionRoles } from '../../subgraphs/kernel/database/roles.ts';
import { clearKilledRuns, newRunFolder, removeAtExit } from './run-folder.ts';
import { randomSecret, TEMPLATE, urlOfDatabase } from './server-facts.ts';
import { loadSubgraphs, tenantsOf } from './tenants.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await clearKilledRuns();
  const server = await startEmbeddedPostgres({ dataFolder: newRunFolder(), durable: false, maxConnections: 200 });
  removeAtExit(server.dataFolder);
  try {
    const databaseSecret = randomSecret();
    await makeTemplate(server.url, databaseSecret);
    project.provide('adminUrl', server.url);
    project.provide('databaseSecret', databaseSecret);
    return server.stop;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function makeTemplate(adminUrl: string, secret: string): Promise<void> {
  const tenants = tenantsOf(await loadSubgraphs());
  await provisionRoles(adminUrl, secret, [...KERNEL_TENANTS, ...tenants.map(({ name }) => name)]);
  await asAdmin(adminUrl, (client) => client.query(`create database ${TEMPLATE.migrated}`));
  await migrate(urlOfDatabase(adminUrl, TEMPLATE.migrated), secret, tenants);
}
