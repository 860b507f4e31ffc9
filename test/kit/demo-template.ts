/** The database that demo tests clone: migrated, and seeded as `npm start` seeds it. Made once per run, by the first who asks. */
import { seedDemoAccounts } from '../../gateway/store/demo-accounts.ts';
import { seedDemoClients } from '../../gateway/store/demo-clients.ts';
import { markIfEmpty } from '../../gateway/store/demo-mark.ts';
import { seedDemoOperations } from '../../gateway/store/demo-operations.ts';
import { openStore, storeUrl } from '../../gateway/store/store.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { seedDemo } from '../../subgraphs/kernel/process/demo-data.ts';
import { openSubgraphs, startEvents } from '../../subgraphs/kernel/process/subgraphs.ts';
import { registry } from '../../subgraphs/registry.ts';
import { createTestClock } from './clock.ts';
import { TEMPLATE, urlOfDatabase } from './server-facts.ts';
import { loadSubgraphs, tenantsOf } from './tenants.ts';

const UNFINISHED = `${TEMPLATE.demo}_unfinished`;

export async function ensureDemoTemplate(server: string, databaseSecret: string): Promise<void> {
  await asAdmin(server, async (client) => {
    await client.query('select pg_advisory_lock(hashtext($1))', [TEMPLATE.demo]);
    const { rowCount } = await client.query('select from pg_database where datname = $1', [TEMPLATE.demo]);
    if (rowCount) return;
    await client.query(`drop database if exists ${UNFINISHED} with (force)`);
    await client.query(`create database ${UNFINISHED} template ${TEMPLATE.migrated}`);
    await fill(urlOfDatabase(server, UNFINISHED), databaseSecret);
    await client.query(`alter database ${UNFINISHED} rename to ${TEMPLATE.demo}`);
  });
}

async function fill(adminUrl: string, databaseSecret: string): Promise<void> {
  const secrets = { ...newSecrets(), database: databaseSecret };
  const clock = createTestClock();
  const closers: (() => unknown)[] = [];
  const lifetime = {
    started: (_what: string, close: () => unknown) => void closers.push(close),
    goOn: () => undefined,
  };
  try {
    const definitions = await loadSubgraphs();
    const store = await openStore(storeUrl(adminUrl, databaseSecret));
    closers.push(() => store.close(true));
    await markIfEmpty(store, adminUrl, tenantsOf(definitions));
    const here = { database: { adminUrl, secrets }, clock, lifetime };
    const reportError = (_id: string, error: unknown) => console.error(error);
    const subgraphs = await openSubgraphs(definitions, here, { reportError });
    const worker = await startEvents(subgraphs, here, (_event, _id, error) => console.error(error));
    await seedDemoAccounts(store, clock.now());
    await seedDemoClients(adminUrl, clock.today());
    await seedDemoOperations(adminUrl);
    await seedDemo({ subgraphs, seeds: registry, worker, clock, lifetime, tell: fail });
  } finally {
    for (const close of closers.reverse()) await close();
  }
}

function fail(line: string): never {
  throw new Error(line);
}
