/** Serves a supergraph with rules of guest access: calls signed with the graph's keys, its own tokens, its own store. */
import { createClock } from '../../subgraphs/kernel/clock.ts';
import { prepareDatabase } from '../../subgraphs/kernel/database/prepare-database.ts';
import { findRunning } from '../../subgraphs/kernel/database/run-file.ts';
import { type GatewaySecrets, readGatewaySecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { createSealer, type Sealer } from '../../subgraphs/kernel/envelope.ts';
import type { Lifetime } from '../../subgraphs/kernel/process/lifetime.ts';
import { createTokenVerifier, publicKeyOf } from '../auth/access-token.ts';
import { createAuthenticate } from '../auth/bearer.ts';
import type { Config } from '../config.ts';
import { createSubgraphCaller } from '../engine/signed-source.ts';
import { createHttpTransport } from '../engine/transport/http-transport.ts';
import type { ConnectSubgraphs } from '../graph.ts';
import { openDemoSignIn } from '../start/demo-sign-in.ts';
import { createRecordRefusals } from '../store/record-refusals.ts';
import { openStore, pingStore, type Store } from '../store/store.ts';
import { GATEWAY } from '../store/tenant.ts';
import type { CallSettings, Door } from './door.ts';
import { OWN_SUBGRAPH_URLS, urlsOf } from './subgraph-urls.ts';

interface OwnGraph extends Pick<Config, 'dataDir' | 'databaseUrl' | 'front'> {
  calls: CallSettings;
  lifetime: Pick<Lifetime, 'started'>;
}

/** Throws where there are no keys, or no database. */
export async function openOwnGraph({ dataDir, databaseUrl, front, calls, lifetime }: OwnGraph): Promise<Door> {
  const found = readGatewaySecrets(dataDir);
  if (!found) throw new Error(NO_KEYS);
  const { secrets, notes } = found;
  const adminUrl = findRunning(dataDir)?.databaseUrl ?? databaseUrl;
  if (!adminUrl) throw new Error(NO_DATABASE);
  const store = await openOwnStore(adminUrl, secrets);
  lifetime.started('The store', () => store.close(true));
  const clock = createClock();
  const verify = await createTokenVerifier(publicKeyOf(secrets.tokenKey), clock);
  const demoSignIn = await openDemoSignIn(store, secrets.tokenKey, clock);
  return {
    connect: connectSigned(createSealer(secrets.envelopeKeys), calls),
    authenticate: createAuthenticate(verify),
    recordRefusals: createRecordRefusals(store, secrets.database, clock),
    readiness: { database: () => pingStore(store) },
    demoSignIn,
    // what is not a demo's is somebody's
    settings: { ...front, isProduction: front.isProduction || demoSignIn === null },
    notes,
  };
}

const NO_KEYS =
  'This supergraph has rules of guest access, and without the keys that its subgraphs have nothing may be served by it. Expected them in DATA_DIR/secrets.json: "npm run subgraphs" makes them, and a gateway elsewhere is given a copy, without grantSecret.';
const NO_DATABASE =
  'Expected a database for this graph’s accounts: that of "npm run subgraphs" on the same DATA_DIR, or the one at DATABASE_URL.';

async function openOwnStore(adminUrl: string, secrets: GatewaySecrets): Promise<Store> {
  await prepareDatabase({ adminUrl, secrets }, [GATEWAY]);
  return openStore(adminUrl, secrets.database);
}

/** Serves no supergraph without rules of guest access: a file that has lost them would be open to everybody. */
export const connectSigned =
  (sealer: Sealer, { subgraphUrls, timeoutMs, reportError, telemetry }: CallSettings): ConnectSubgraphs =>
  (supergraph) => {
    if (!supergraph.hasGuestRules)
      throw new Error(
        'It has no rules of guest access, and the gateway was started for a graph that has: without them it would be open. Start the gateway anew to serve it.',
      );
    const transport = createHttpTransport({
      // what its supergraph says of them are names
      urls: urlsOf(supergraph, { ...OWN_SUBGRAPH_URLS, ...subgraphUrls }),
      timeoutMs,
      onCircuit: telemetry.circuit,
    });
    return { call: createSubgraphCaller(sealer, telemetry.transport(transport), reportError), close: transport.close };
  };
