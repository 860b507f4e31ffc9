/** The gateway of a graph in one process. */
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import type { SubgraphTransport } from '../engine/engine.ts';
import { createSubgraphCaller } from '../engine/signed-source.ts';
import { createGateway, type Gateway, type GatewayDeps } from '../gateway.ts';
import type { OwnKeys } from '../keys/own-keys.ts';
import { introspectionOf } from '../policy/front-settings.ts';
import type { IntrospectionAudience } from '../policy/introspection.ts';
import { type OwnDoorDeps, openOwnDoor } from '../start/own-door.ts';

interface StandaloneGatewayDeps
  extends Pick<
      GatewayDeps,
      'supergraph' | 'createEngine' | 'reportError' | 'deadlineMs' | 'telemetry' | 'metricsToken'
    >,
    OwnDoorDeps {
  transport: SubgraphTransport;
  keys: Omit<OwnKeys, 'databaseUrl'>;
}

interface StandaloneGateway extends Gateway {
  introspection: IntrospectionAudience;
}

export async function createStandaloneGateway(deps: StandaloneGatewayDeps): Promise<StandaloneGateway> {
  const { supergraph, createEngine, reportError, transport, deadlineMs, keys, realClock, telemetry, metricsToken } =
    deps;
  const { notes, ...door } = await openOwnDoor(deps);
  const sealer = createSealer(keys.envelopeKeys, realClock.now);
  const call = createSubgraphCaller(sealer, telemetry.transport(transport), reportError);
  const connect = () => ({ call, async close() {} });
  const gateway = await createGateway({
    supergraph,
    ...door,
    connect,
    createEngine,
    reportError,
    deadlineMs,
    telemetry,
    metricsToken,
  });
  return { ...gateway, notes: [...notes, ...gateway.notes], introspection: introspectionOf(door.settings) };
}
