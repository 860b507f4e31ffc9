/** A database of a test file's own, cloned from a template in some ten milliseconds. */
import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { WORKER } from '../../subgraphs/kernel/database/migrate.ts';
import { asAdmin, type DatabaseTenant, roleOf, tenantUrl } from '../../subgraphs/kernel/database/roles.ts';
import { atEnd } from './at-end.ts';
import { ensureDemoTemplate } from './demo-template.ts';
import { TEMPLATE, type TemplateName, urlOfDatabase } from './server-facts.ts';

export interface TestDatabase {
  /** What the tenants' passwords follow from. */
  secret: string;
  /** The superuser's: for looking past row-level security, and for `asAdmin`. */
  adminUrl: string;
  /** The URL by which a tenant (a subgraph, `gateway`, `worker`) connects. */
  urlOf(tenant: DatabaseTenant): string;
}

/** A fresh database, dropped after the test file. `migrated` is empty; `demo` stands on `TEST_TODAY`. */
export async function cloneDatabase(template: TemplateName = 'migrated'): Promise<TestDatabase> {
  const [server, databaseSecret] = [inject('adminUrl'), inject('databaseSecret')];
  if (template === 'demo') await ensureDemoTemplate(server, databaseSecret);
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await asAdmin(server, async (client) => {
    // files copied as they are: through the log, as is the default, it costs six times as much
    await client.query(`create database ${name} template ${TEMPLATE[template]} strategy file_copy`);
    // What a database grants is not cloned with it.
    await client.query(`grant connect on database ${name} to ${roleOf(WORKER)}`);
  });
  atEnd(() => asAdmin(server, (client) => client.query(`drop database ${name} with (force)`)));
  const adminUrl = urlOfDatabase(server, name);
  return { adminUrl, secret: databaseSecret, urlOf: (tenant) => tenantUrl(adminUrl, databaseSecret, tenant) };
}
