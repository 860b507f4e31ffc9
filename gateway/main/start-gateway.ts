/** From a supergraph that was read to the line that says it is ready. */
import { type Lifetime, LONG_CLOSE_MS } from '../../subgraphs/kernel/process/lifetime.ts';
import type { AddressSettings } from '../../subgraphs/kernel/process/listening.ts';
import { createTelemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { Config } from '../config.ts';
import { createGateway } from '../gateway.ts';
import type { ManifestOperation } from '../operations/persisted/manifest.ts';
import { sharedList } from '../operations/persisted/shared-list.ts';
import type { CallSettings, Door } from '../start/door.ts';
import { createEngine } from '../start/engine.ts';
import { listen } from '../start/listen.ts';
import type { Demands } from '../supergraph/demands.ts';
import { createGatewayTelemetry } from '../telemetry/gateway-telemetry.ts';
import { openAnyGraph } from './any-graph.ts';
import { watchSupergraph } from './watch-supergraph.ts';

interface ReadSupergraph {
  path: string;
  supergraph: string;
  demands: Demands;
  /** For everybody, of a graph that keeps no lists. */
  operations: readonly ManifestOperation[];
  /** What to change where it cannot listen. */
  addressSettings: AddressSettings;
}

export async function startGateway(
  { path, supergraph, demands, operations, addressSettings }: ReadSupergraph,
  config: Config,
  lifetime: Lifetime,
  tell: (line: string) => void,
): Promise<void> {
  const watched = createTelemetry({ service: 'schoolgraph-gateway', ...config });
  lifetime.started('The telemetry', watched.shutdown);
  const { reportError } = watched;
  const telemetry = createGatewayTelemetry(watched);
  const { notes, ...door } = await openDoor(demands, config, lifetime, { reportError, telemetry });
  const { deadlineMs, metricsToken } = config;
  const gateway = await createGateway({
    supergraph,
    ...door,
    ...(operations.length > 0 && { operationLists: sharedList(operations) }),
    createEngine,
    reportError,
    telemetry,
    deadlineMs,
    metricsToken,
  });
  lifetime.started('The gateway', gateway.close, LONG_CLOSE_MS);
  const stop = watchSupergraph({ path, served: supergraph, serve: gateway.reload, tell, reportError });
  lifetime.started('The look at the supergraph', stop);
  const port = await listen(gateway, config, addressSettings);
  for (const note of [...notes, ...gateway.notes]) tell(`Note: ${note}`);
  tell(`The gateway is ready: http://${hostInUrl(config.host)}:${port}/graphql`);
}

type Settings = Pick<Config, 'dataDir' | 'databaseUrl' | 'today' | 'front' | 'subgraphUrls' | 'subgraphTimeoutMs'>;

/** What a database takes is loaded only for the graph that has one. */
async function openDoor(
  { hasGuestRules, asksForSignIn }: Demands,
  settings: Settings,
  lifetime: Lifetime,
  watching: Pick<CallSettings, 'reportError' | 'telemetry'>,
): Promise<Door> {
  const { dataDir, databaseUrl, today, front, subgraphUrls, subgraphTimeoutMs: timeoutMs } = settings;
  const calls = { ...watching, subgraphUrls, timeoutMs };
  if (!hasGuestRules) return openAnyGraph({ asksForSignIn, dataDir, front, calls });
  const { openOwnGraph } = await import('./own-graph.ts');
  return openOwnGraph({ dataDir, databaseUrl, today, front, calls, lifetime });
}

/** An address that every machine has, in place of those that no browser opens. */
const hostInUrl = (host: string): string =>
  ['127.0.0.1', '0.0.0.0', '::1', '::'].includes(host) ? 'localhost' : host.includes(':') ? `[${host}]` : host;
