/** Starts the subgraphs of this process, each on its own port. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Lifetime, LONG_CLOSE_MS } from './kernel/process/lifetime.ts';
import { type ListenAddress, listeningError, refuseTakenPort } from './kernel/process/listening.ts';
import type { RunningSubgraph } from './kernel/subgraph/open-subgraph.ts';
import { serveSubgraph, type Watching } from './kernel/subgraph/serve/serve-subgraph.ts';
import { createTelemetry } from './kernel/telemetry/telemetry.ts';
import { openGraphProcess } from './open-graph-process.ts';
import { registry } from './registry.ts';
import { readSubgraphSettings, type SubgraphSettings } from './settings.ts';

const ADDRESS_SETTINGS = { host: 'SUBGRAPHS_HOST', port: 'SUBGRAPH_PORTS' };

/** `names`: which of them run here; all, where none is named. Throws an error that says what to do. */
export async function startSubgraphs(
  names: readonly string[],
  lifetime: Lifetime,
  tell: (line: string) => void,
): Promise<void> {
  const settings = readSubgraphSettings();
  if (settings.underNpm) lifetime.followParent();
  const addresses = addressesOf(names, settings);
  if (names.length > 0) expectKeys(settings.dataDir);
  for (const address of addresses.values()) await refuseTakenPort(address, ADDRESS_SETTINGS);
  tell(`Schoolgraph’s subgraphs on Node ${process.version}`);
  const telemetry = createTelemetry({ service: 'schoolgraph-subgraphs', ...settings });
  lifetime.started('The telemetry', telemetry.shutdown);
  const { subgraphs, database, isDemo } = await openGraphProcess([...addresses.keys()], settings, {
    telemetry,
    lifetime,
    tell,
  });
  const metrics = { token: settings.metricsToken, isProduction: settings.isProduction || !isDemo };
  const urls: string[] = [];
  for (const subgraph of subgraphs) {
    const url = await serve(subgraph, addresses.get(subgraph.name), { telemetry, metrics }, lifetime);
    urls.push(`${subgraph.name}=${url}`);
  }
  for (const note of database.notes) tell(`Note: ${note}`);
  tell(`The subgraphs are ready: SUBGRAPH_URLS=${urls.join(',')}`);
}

function addressesOf(names: readonly string[], { host, ports }: SubgraphSettings): Map<string, ListenAddress> {
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
