/** A database of a test file's own, cloned from a template in some ten milliseconds. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { WORKER } from '../../subgraphs/kernel/database/migrate.ts';
import { asAdmin, type DatabaseTenant, roleOf, tenantUrl } from '../../subgraphs/kernel/database/roles.ts';
import { atEnd } from './at-end.ts';
import { TEMPLATE, type TemplateName, urlOfDatabase } from './server-facts.ts';

export interface TestDatabase {
  /** The superuser's: for looking past row-level security, and for `asAdmin`. */
  adminUrl: string;
  /** The URL by which a tenant (a subgraph, `gateway`, `worker`) connects. */
  urlOf(tenant: DatabaseTenant): string;
}

/** A fresh database, dropped after the test file. `migrated` is empty. */
export async function cloneDatabase(template: TemplateName = 'migrated'): Promise<TestDatabase> {
  const server = inject('adminUrl');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, async (client) => {
    await client.query(`create database ${name} template ${TEMPLATE[template]}`);
    // What a database grants is not cloned with it.
    await client.query(`grant connect, create on database ${name} to ${roleOf(WORKER)}`);
  });
  atEnd(() => asAdmin(server, (client) => client.query(`drop database ${name} with (force)`)));
  const adminUrl = urlOfDatabase(server, name);
  return { adminUrl, urlOf: (tenant) => tenantUrl(adminUrl, inject('databaseSecret'), tenant) };
}
