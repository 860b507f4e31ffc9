/** Serves any Federation 2 supergraph: no database, calls that nobody signs, and tokens only where it asks who calls. */
import { createClock } from '../../subgraphs/kernel/clock.ts';
import { type Authenticate, createAuthenticate } from '../auth/bearer.ts';
import { createTokenVerifier } from '../auth/token-verifier.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import { createSubgraphCaller } from '../engine/signed-source.ts';
import { createHttpTransport } from '../engine/transport/http-transport.ts';
import type { ConnectSubgraphs } from '../graph.ts';
import { readOwnKeys } from '../keys/keys-file.ts';
import { modeNotes } from '../policy/authorisation-mode.ts';
import type { FrontSettings } from '../policy/front-settings.ts';
import type { CallSettings, Door } from '../start/door.ts';
import { urlsOf } from './subgraph-urls.ts';

interface AnyGraph {
  asksForSignIn: boolean;
  dataDir: string;
  front: FrontSettings;
  calls: CallSettings;
}

export async function openAnyGraph({ asksForSignIn, dataDir, front, calls }: AnyGraph): Promise<Door> {
  const door = { connect: connectUnsigned(calls), readiness: {}, settings: front };
  if (!asksForSignIn) return { ...door, authenticate: async () => null, notes: [OPEN] };
  const found = readOwnKeys(dataDir);
  if (!found) return { ...door, authenticate: nobody, notes: [NOBODY, ...modeNotes(front)] };
  const verify = await createTokenVerifier({ personKey: found.keys.tokenKey, clock: createClock() });
  return {
    ...door,
    authenticate: createAuthenticate(verify),
    notes: [...found.notes, OWN_TOKENS, ...modeNotes(front)],
  };
}

const OPEN =
  'This supergraph has no rules: it is open to everybody who reaches it, and calls to its subgraphs are not signed.';
const NOBODY =
  'This supergraph has fields for callers who are signed in, and there are no keys in DATA_DIR: they answer null to everybody.';
const OWN_TOKENS =
  'This supergraph has fields for callers who are signed in: those are they who come with a token of DATA_DIR’s key.';

/** A header that is there must hold, and here none can. */
const nobody: Authenticate = async (authorization) => {
  if (authorization !== undefined) throw new Unauthenticated();
  return null;
};

const connectUnsigned =
  ({ subgraphUrls, timeoutMs, reportError, telemetry }: CallSettings): ConnectSubgraphs =>
  (supergraph) => {
    if (supergraph.hasGuestRules)
      throw new Error(
        'It has rules of guest access, which need keys, and the gateway was started for a graph without: start it anew for this one.',
      );
    const transport = createHttpTransport({
      urls: urlsOf(supergraph, subgraphUrls),
      timeoutMs,
      readsErrorStatuses: true,
      onCircuit: telemetry.circuit,
    });
    return { call: createSubgraphCaller(null, telemetry.transport(transport), reportError), close: transport.close };
  };
