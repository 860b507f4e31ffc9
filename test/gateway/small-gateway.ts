/** The gateway over HTTP on a supergraph of one field, for what has to do with no subgraph of ours. */
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { createSubgraphCaller } from '../../gateway/engine/signed-source.ts';
import { createGateway, type GatewayDeps } from '../../gateway/gateway.ts';
import { NO_LISTS } from '../../gateway/operations/persisted/followed-lists.ts';
import { createGatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import { atEnd } from '../kit/at-end.ts';
import { testTelemetry } from '../kit/telemetry.ts';
import { UNTHROTTLED } from '../kit/unthrottled.ts';
import { composed } from './small-graph.ts';

const NO_TRANSPORT: SubgraphTransport = {
  async call() {
    throw new Error('This test calls no subgraph.');
  },
};

export interface SmallGateway
  extends Partial<
    Pick<
      GatewayDeps,
      | 'readiness'
      | 'settings'
      | 'supergraph'
      | 'authenticate'
      | 'metricsToken'
      | 'demoSignIn'
      | 'operationLists'
      | 'isPartner'
      | 'createEngine'
      | 'recordRefusals'
      | 'appSignIn'
      | 'coversOperation'
    >
  > {
  transport?: SubgraphTransport;
  telemetry?: Telemetry;
}

const ONE_FIELD = composed([{ name: 'slow', typeDefs: 'type Query { slow: String }', resolvers: {} }]);

/** Its address; `{ slow }` is its one query where no other supergraph is given. */
export async function smallGateway({
  transport = NO_TRANSPORT,
  readiness = {},
  settings = {},
  supergraph = ONE_FIELD,
  authenticate = async () => null,
  metricsToken,
  demoSignIn = null,
  operationLists = NO_LISTS,
  telemetry = testTelemetry(),
  ...others
}: SmallGateway): Promise<string> {
  const sealer = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
  const gateway = await createGateway({
    ...others,
    supergraph,
    connect: () => ({ call: createSubgraphCaller(sealer, transport, () => {}), async close() {} }),
    authenticate,
    readiness,
    settings: { clientRates: UNTHROTTLED, ...settings },
    reportError: () => {},
    deadlineMs: 10_000,
    telemetry: createGatewayTelemetry(telemetry),
    operationLists,
    metricsToken,
    demoSignIn,
  });
  atEnd(gateway.close);
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${port}`;
}
