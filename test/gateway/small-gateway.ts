/** The gateway over HTTP on a supergraph of one field, for what has to do with no subgraph of ours. */
import type { SubgraphTransport } from '../../gateway/engine/engine.ts';
import { createSubgraphCaller } from '../../gateway/engine/signed-source.ts';
import { createGateway, type GatewayDeps } from '../../gateway/gateway.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { atEnd } from '../kit/at-end.ts';
import { composed } from './small-graph.ts';

const NO_TRANSPORT: SubgraphTransport = {
  async call() {
    throw new Error('This test calls no subgraph.');
  },
};

/** Its address; `{ slow }` is its one query. */
export async function smallGateway({
  transport = NO_TRANSPORT,
  readiness = {},
}: Partial<Pick<GatewayDeps, 'readiness'> & { transport: SubgraphTransport }>): Promise<string> {
  const sealer = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
  const gateway = await createGateway({
    supergraph: composed([{ name: 'slow', typeDefs: 'type Query { slow: String }', resolvers: {} }]),
    connect: () => ({ call: createSubgraphCaller(sealer, transport, () => {}), async close() {} }),
    authenticate: async () => null,
    readiness,
    reportError: () => {},
    deadlineMs: 10_000,
  });
  atEnd(gateway.close);
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${port}`;
}
