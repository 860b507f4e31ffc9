/** Starts the subgraphs of this process, on a database that is prepared as `npm start` prepares it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { seedDemoAccounts } from '../gateway/store/demo-accounts.ts';
import { markIfEmpty } from '../gateway/store/demo-mark.ts';
import { openStore } from '../gateway/store/store.ts';
import { GATEWAY } from '../gateway/store/tenant.ts';
import { createClock } from './kernel/clock.ts';
import { prepareDatabase } from './kernel/database/prepare-database.ts';
import type { StandaloneDatabase } from './kernel/database/standalone-database.ts';
import { clockOf } from './kernel/demo/demo-clock.ts';
import { seedDemo } from './kernel/process/demo-data.ts';
import { type Lifetime, LONG_CLOSE_MS } from './kernel/process/lifetime.ts';
import { type ListenAddress, listeningError, refuseTakenPort } from './kernel/process/listening.ts';
import { startSealing } from './kernel/process/sealing.ts';
import { openSubgraphs, startEvents } from './kernel/process/subgraphs.ts';
import { takeDatabase } from './kernel/process/take-database.ts';
import { type SubgraphDefinition, tenantOf } from './kernel/subgraph/define-subgraph.ts';
import type { RunningSubgraph } from './kernel/subgraph/open-subgraph.ts';
import { serveSubgraph, type Watching } from './kernel/subgraph/serve/serve-subgraph.ts';
import { createTelemetry, type Telemetry } from './kernel/telemetry/telemetry.ts';
import { registry } from './registry.ts';
import { readSettings, type Settings } from './settings.ts';

const ADDRESS_SETTINGS = { host: 'SUBGRAPHS_HOST', port: 'SUBGRAPH_PORTS' };

/** `names`: which of them run here; all, where none is named. Throws an error that says what to do. */
export async function startSubgraphs(
  names: readonly string[],
  lifetime: Lifetime,
  tell: (line: string) => void,
): Promise<void> {
  const settings = readSettings();
  if (settings.underNpm) lifetime.followParent();
  const addresses = addressesOf(names, settings);
  if (names.length > 0) expectKeys(settings.dataDir);
  for (const address of addresses.values()) await refuseTakenPort(address, ADDRESS_SETTINGS);
  tell(`Schoolgraph’s subgraphs on Node ${process.version}`);
  const telemetry = createTelemetry({ service: 'schoolgraph-subgraphs', ...settings });
  lifetime.started('The telemetry', telemetry.shutdown);
  const database = await takeDatabase(settings, lifetime, tell);
  const subgraphs = await openAll(database, settings, [...addresses.keys()], { telemetry, lifetime, tell });
  const { metricsToken } = settings;
  const urls: string[] = [];
  for (const subgraph of subgraphs) {
    const url = await serve(subgraph, addresses.get(subgraph.name), { telemetry, metricsToken }, lifetime);
    urls.push(`${subgraph.name}=${url}`);
  }
  for (const note of database.notes) tell(`Note: ${note}`);
  tell(`The subgraphs are ready: SUBGRAPH_URLS=${urls.join(',')}`);
}

function addressesOf(names: readonly string[], { host, ports }: Settings): Map<string, ListenAddress> {
  const chosen = registry.filter(({ name }) => names.length === 0 || names.includes(name));
  return new Map(chosen.map(({ name, port }) => [name, { host, port: ports[name] ?? port }]));
}

/** The database's passwords follow from the keys: with keys of its own a second machine would lock out the first. */
function expectKeys(dataDir: string): void {
  if (existsSync(join(dataDir, 'secrets.json'))) return;
  throw new Error(
    `Expected the graph’s keys in ${dataDir}: copy secrets.json from the data folder of the machine that was started first.`,
  );
}

interface Around {
  telemetry: Telemetry;
  lifetime: Lifetime;
  tell(line: string): void;
}

async function openAll(
  database: StandaloneDatabase,
  settings: Settings,
  names: readonly string[],
  { telemetry, lifetime, tell }: Around,
): Promise<RunningSubgraph[]> {
  const definitions = await Promise.all(registry.map(({ load }) => load()));
  const events = definitions.flatMap(({ subscriptions }) => Object.keys(subscriptions));
  telemetry.names.add('event', events);
  const isDemo = await prepare(database, definitions);
  const clock = clockOf(settings.today, isDemo);
  const here = { database, clock, lifetime };
  const chosen = definitions.filter(({ name }) => names.includes(name));
  const own = { reportError: telemetry.reportError, envelopeClock: createClock(), poolSize: settings.poolSize };
  const subgraphs = await openSubgraphs(chosen, here, own);
  const worker = await startEvents(subgraphs, here, telemetry.reportFailedEvent);
  startSealing(here, telemetry);
  // each subgraph's demo waits for what another makes of its events
  if (isDemo && chosen.length === definitions.length)
    await seedDemo({ subgraphs, seeds: registry, worker, clock, lifetime, tell });
  return subgraphs;
}

/** The whole database, the gateway's part too. Whether it is a demo's. */
async function prepare(database: StandaloneDatabase, definitions: readonly SubgraphDefinition[]): Promise<boolean> {
  const { adminUrl, secrets } = database;
  const tenants = [...definitions.map(tenantOf), GATEWAY];
  await prepareDatabase(database, tenants);
  const store = await openStore(adminUrl, secrets.database);
  try {
    const isDemo = await markIfEmpty(store, adminUrl, tenants);
    if (isDemo) await seedDemoAccounts(store, new Date());
    return isDemo;
  } finally {
    await store.close(true);
  }
}

/** Where the gateway finds it. */
async function serve(
  subgraph: RunningSubgraph,
  address: ListenAddress | undefined,
  watching: Watching,
  lifetime: Lifetime,
): Promise<string> {
  if (!address) throw new Error(`Expected an address for the subgraph ${subgraph.name}.`);
  const server = await serveSubgraph(subgraph, watching.telemetry.reportError, watching);
  lifetime.started(`The port of ${subgraph.name}`, server.close, LONG_CLOSE_MS);
  try {
    const { port } = await server.listen(address);
    return `http://${address.host}:${port}`;
  } catch (error) {
    throw listeningError(error, address, ADDRESS_SETTINGS);
  }
}
