/** One PostgreSQL server for the whole run, with a migrated database that test files clone. */
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../subgraphs/kernel/database/embedded/embedded-postgres.ts';
import { migrate, WORKER } from '../../subgraphs/kernel/database/migrate.ts';
import { asAdmin, provisionRoles } from '../../subgraphs/kernel/database/roles.ts';
import { randomSecret, TEMPLATE, urlOfDatabase } from './server-facts.ts';
import { loadSubgraphs, tenantsOf } from './tenants.ts';

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = join(tmpdir(), `schoolgraph-test-${randomUUID()}`);
  const server = await startEmbeddedPostgres({ dataFolder, durable: false, maxConnections: 200 });
  const teardown = async () => {
    await server.stop();
    await rm(server.dataFolder, { recursive: true, force: true });
  };
  try {
    const databaseSecret = randomSecret();
    await makeTemplate(server.url, databaseSecret);
    project.provide('adminUrl', server.url);
    project.provide('databaseSecret', databaseSecret);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}

async function makeTemplate(adminUrl: string, secret: string): Promise<void> {
  const tenants = tenantsOf(await loadSubgraphs());
  await provisionRoles(adminUrl, secret, [WORKER, ...tenants.map(({ name }) => name)]);
  await asAdmin(adminUrl, (client) => client.query(`create database ${TEMPLATE.migrated}`));
  await migrate(urlOfDatabase(adminUrl, TEMPLATE.migrated), secret, tenants);
}
