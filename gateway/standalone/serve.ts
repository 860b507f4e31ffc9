/** The gateway of a graph in one process: own tokens, and the subgraphs' own keys and clock. */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import type { Secrets } from '../../subgraphs/kernel/database/secrets.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { createTokenVerifier, publicKeyOf } from '../auth/access-token.ts';
import { createAuthenticate } from '../auth/bearer.ts';
import type { SubgraphTransport } from '../engine/engine.ts';
import { createSubgraphCaller } from '../engine/signed-source.ts';
import { createGateway, type Gateway, type GatewayDeps } from '../gateway.ts';
import { openDemoSignIn } from '../start/demo-sign-in.ts';
import { createRecordRefusals } from '../store/record-refusals.ts';
import type { Store } from '../store/store.ts';

export interface StandaloneGatewayDeps
  extends Pick<
    GatewayDeps,
    'supergraph' | 'readiness' | 'reportError' | 'deadlineMs' | 'telemetry' | 'metricsToken' | 'settings'
  > {
  /** Where it is a demo's, the sandbox signs in its people. */
  store: Store;
  transport: SubgraphTransport;
  secrets: Pick<Secrets, 'database' | 'envelopeKeys' | 'tokenKey'>;
  /** The subgraphs' own: an envelope is opened by the clock that it was sealed by. */
  clock: Clock;
  /** Real time outside tests: a token does not live longer because a demo stands in another year. */
  tokenClock: Clock;
}

export async function createStandaloneGateway(deps: StandaloneGatewayDeps): Promise<Gateway> {
  const { supergraph, readiness, reportError, store, transport, deadlineMs, secrets } = deps;
  const { clock, tokenClock, settings = {}, telemetry, metricsToken } = deps;
  const sealer = createSealer(secrets.envelopeKeys, clock.now);
  const call = createSubgraphCaller(sealer, telemetry.transport(transport), reportError);
  return createGateway({
    supergraph,
    readiness,
    reportError,
    deadlineMs,
    telemetry,
    metricsToken,
    settings,
    connect: () => ({ call, async close() {} }),
    recordRefusals: createRecordRefusals(store, secrets.database, clock),
    authenticate: createAuthenticate(await createTokenVerifier(publicKeyOf(secrets.tokenKey), tokenClock)),
    demoSignIn: await openDemoSignIn(store, secrets.tokenKey, tokenClock),
  });
}
