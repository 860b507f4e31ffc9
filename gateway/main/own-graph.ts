/** Serves a supergraph with rules of guest access: calls signed with the graph's keys, its own tokens, its own store. */
import { createClock } from '../../subgraphs/kernel/clock.ts';
import { clockOf } from '../../subgraphs/kernel/demo/demo-clock.ts';
import { createSealer, type Sealer } from '../../subgraphs/kernel/envelope.ts';
import { failureOf, type Lifetime } from '../../subgraphs/kernel/process/lifetime.ts';
import type { Config } from '../config.ts';
import { createSubgraphCaller } from '../engine/signed-source.ts';
import { createHttpTransport } from '../engine/transport/http-transport.ts';
import type { ConnectSubgraphs } from '../graph.ts';
import { readOwnKeys } from '../keys/keys-file.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import type { CallSettings, Door } from '../start/door.ts';
import { keepInMind } from '../start/kept-in-mind.ts';
import { openOwnDoor } from '../start/own-door.ts';
import { isDemo as isMarked } from '../store/demo-mark.ts';
import { openStore, type Store } from '../store/store.ts';
import { OWN_SUBGRAPH_URLS, urlsOf } from './subgraph-urls.ts';

interface OwnGraph extends Pick<Config, 'dataDir' | 'databaseUrl' | 'today' | 'front'> {
  calls: CallSettings;
  lifetime: Pick<Lifetime, 'started'>;
}

/** Throws where there are no keys, or no database that was prepared. */
export async function openOwnGraph({ dataDir, databaseUrl, today, front, calls, lifetime }: OwnGraph): Promise<Door> {
  const found = readOwnKeys(dataDir);
  if (!found) throw new Error(NO_KEYS);
  const { keys } = found;
  const ownUrl = databaseUrl === undefined ? keys.databaseUrl : asOwnRole(databaseUrl, keys);
  const { store, isDemo } = await openPrepared(keys, ownUrl);
  lifetime.started('The store', () => store.close(true));
  const realClock = createClock();
  const { unread } = calls.telemetry;
  const kept = await keepInMind({ store, databaseUrl: ownUrl, lifetime, clock: realClock, unread });
  const door = await openOwnDoor({ store, ...kept, keys, isDemo, clock: clockOf(today, isDemo), realClock, front });
  return {
    ...door,
    connect: connectSigned(createSealer(keys.envelopeKeys, realClock.now), calls),
    notes: [...found.notes, ...door.notes],
  };
}

const NO_KEYS =
  'This supergraph has rules of guest access, and without the keys that its subgraphs take nothing may be served by it. Expected them in DATA_DIR/gateway-secrets.json: "npm run subgraphs" writes it, and says so when it is ready; a gateway elsewhere is given a copy.';
const NO_DATABASE =
  'The gateway’s part of the database is not there. Expected it where DATA_DIR/gateway-secrets.json says, or at DATABASE_URL: "npm run subgraphs" prepares it; start the gateway when it says that it is ready.';

/** With a demo's keys a database that is not marked as one is another, or was not prepared: neither is served. */
async function openPrepared(keys: OwnKeys, url: string): Promise<{ store: Store; isDemo: boolean }> {
  let store: Store | null = null;
  try {
    store = await openStore(url);
    const isDemo = await isMarked(store);
    if (keys.signingKey && !isDemo) throw new Error('it is not the demo’s that the keys are for');
    return { store, isDemo };
  } catch (error) {
    await store?.close(true);
    throw new Error(`${NO_DATABASE} (${failureOf(error).split('\n')[0]})`);
  }
}

/** Of the URL that is given, maybe an administrator's, no more than where the database is. */
function asOwnRole(given: string, keys: OwnKeys): string {
  const { username, password } = new URL(keys.databaseUrl);
  return Object.assign(new URL(given), { username, password }).href;
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
