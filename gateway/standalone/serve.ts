/** The gateway of a graph in one process. */
import type { CallSubgraph } from '../engine/signed-source.ts';
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
  /** To its subgraphs. */
  call: CallSubgraph;
  keys: Omit<OwnKeys, 'databaseUrl'>;
}

interface StandaloneGateway extends Gateway {
  introspection: IntrospectionAudience;
}

export async function createStandaloneGateway(deps: StandaloneGatewayDeps): Promise<StandaloneGateway> {
  const { supergraph, createEngine, reportError, call, deadlineMs, telemetry, metricsToken } = deps;
  const { notes, ...door } = await openOwnDoor(deps);
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
