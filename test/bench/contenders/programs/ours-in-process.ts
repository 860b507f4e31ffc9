/** Our gateway and the subgraphs in one process, as `npm start` runs them: the same envelope, and no HTTP between them. */
import { createSubgraphCaller } from '../../../../gateway/engine/signed-source.ts';
import { createInProcessTransport } from '../../../../gateway/standalone/in-process-transport.ts';
import { createOpener, createSealer } from '../../../../subgraphs/kernel/envelope.ts';
import { SUBGRAPHS } from '../../graph/subgraphs.ts';
import { serveBenchGateway } from './bench-gateway.ts';
import { createSubgraphs } from './subgraphs-in-process.ts';

interface Asked {
  query: string;
  variables: Record<string, unknown>;
}

const keys = [{ id: 'bench', secret: Buffer.alloc(32, 1).toString('base64url') }];
const run = createSubgraphs();
const transport = createInProcessTransport(
  SUBGRAPHS.map(({ name }) => {
    const opener = createOpener(name, keys);
    return {
      name,
      async handle(request) {
        opener.open(request);
        const { query, variables } = JSON.parse(request.body) as Asked;
        return { status: 200, body: JSON.stringify(await run(name, query, variables)) };
      },
    };
  }),
);

await serveBenchGateway(({ telemetry, reportError }) => {
  const call = createSubgraphCaller(createSealer(keys), telemetry.transport(transport), reportError);
  return () => ({ call, async close() {} });
});
