/** What a process takes that runs subgraphs, whether the gateway runs in it or elsewhere: `npm start` and `npm run subgraphs`. */
import { writeOwnKeys } from '../gateway/keys/keys-file.ts';
import { ownKeysOf } from '../gateway/keys/own-keys.ts';
import { seedDemoAccounts } from '../gateway/store/demo-accounts.ts';
import { seedDemoClients } from '../gateway/store/demo-clients.ts';
import { markIfEmpty } from '../gateway/store/demo-mark.ts';
import { seedDemoOperations } from '../gateway/store/demo-operations.ts';
import { openStore, storeUrl } from '../gateway/store/store.ts';
import { GATEWAY } from '../gateway/store/tenant.ts';
import { type Clock, createClock } from './kernel/clock.ts';
import { prepareDatabase } from './kernel/database/prepare-database.ts';
import type { StandaloneDatabase } from './kernel/database/standalone-database.ts';
import { clockOf } from './kernel/demo/demo-clock.ts';
import { seedDemo } from './kernel/process/demo-data.ts';
import type { Lifetime } from './kernel/process/lifetime.ts';
import { startSealing } from './kernel/process/sealing.ts';
import type { ProcessSettings } from './kernel/process/settings.ts';
import { type OpenedSubgraph, openSubgraphs, startEvents } from './kernel/process/subgraphs.ts';
import { takeDatabase } from './kernel/process/take-database.ts';
import { type SubgraphDefinition, tenantOf } from './kernel/subgraph/define-subgraph.ts';
import type { Telemetry } from './kernel/telemetry/telemetry.ts';
import { registry } from './registry.ts';

interface GraphProcess {
  database: StandaloneDatabase;
  /** Whether the database is a demo's. */
  isDemo: boolean;
  /** The graph's: real time, or a demo's. */
  clock: Clock;
  subgraphs: readonly OpenedSubgraph[];
}

interface Around {
  telemetry: Telemetry;
  lifetime: Lifetime;
  tell(line: string): void;
}

/** `names`: which subgraphs run here. The database is prepared whole; a demo is seeded by a process that runs all. */
export async function openGraphProcess(
  names: readonly string[],
  settings: Pick<ProcessSettings, 'dataDir' | 'databaseUrl' | 'poolSize' | 'today'>,
  { telemetry, lifetime, tell }: Around,
): Promise<GraphProcess> {
  const database = await takeDatabase(settings, lifetime, tell);
  const definitions = await Promise.all(registry.map(({ load }) => load()));
  telemetry.names.add(
    'event',
    definitions.flatMap(({ subscriptions }) => Object.keys(subscriptions)),
  );
  const { isDemo, clock } = await prepare(database, definitions, settings.today);
  // only now: a gateway that finds its keys serves, and what is not marked as a demo's it would serve as somebody's
  writeOwnKeys(settings.dataDir, ownKeysOf(database, isDemo));
  const here = { database, clock, lifetime };
  const chosen = definitions.filter(({ name }) => names.includes(name));
  // the gateway may stand in another process, which knows nothing of a demo's date when it seals
  const own = { reportError: telemetry.reportError, envelopeClock: createClock(), poolSize: settings.poolSize };
  const subgraphs = await openSubgraphs(chosen, here, own);
  const worker = await startEvents(subgraphs, here, telemetry.reportFailedEvent);
  startSealing(here, telemetry);
  // each subgraph's demo waits for what another makes of its events
  if (isDemo && chosen.length === definitions.length)
    await seedDemo({ subgraphs, seeds: registry, worker, clock, lifetime, tell });
  return { database, isDemo, clock, subgraphs };
}

/** The whole database, the gateway's part too. */
async function prepare(
  database: StandaloneDatabase,
  definitions: readonly SubgraphDefinition[],
  today: string | undefined,
): Promise<Pick<GraphProcess, 'isDemo' | 'clock'>> {
  const { adminUrl, secrets } = database;
  const tenants = [...definitions.map(tenantOf), GATEWAY];
  await prepareDatabase(database, tenants);
  const store = await openStore(storeUrl(adminUrl, secrets.database));
  try {
    const isDemo = await markIfEmpty(store, adminUrl, tenants);
    const clock = clockOf(today, isDemo);
    if (isDemo) {
      await seedDemoAccounts(store, clock.now());
      await seedDemoClients(adminUrl, clock.today());
      await seedDemoOperations(adminUrl);
    }
    return { isDemo, clock };
  } finally {
    await store.close(true);
  }
}
