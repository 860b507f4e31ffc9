/** Our gateway and the subgraphs in one process, as `npm start` runs them: the same envelope, and no HTTP between them. */
import { readFileSync } from 'node:fs';
import { createSubgraphCaller } from '../../../../gateway/engine/signed-source.ts';
import { createGateway } from '../../../../gateway/gateway.ts';
import { createInProcessTransport } from '../../../../gateway/standalone/in-process-transport.ts';
import { createGatewayTelemetry } from '../../../../gateway/telemetry/gateway-telemetry.ts';
import { createOpener, createSealer } from '../../../../subgraphs/kernel/envelope.ts';
import { createTelemetry } from '../../../../subgraphs/kernel/telemetry/telemetry.ts';
import { SUBGRAPHS } from '../../graph/subgraphs.ts';
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
const watched = createTelemetry({ service: 'bench', logLevel: 'warn', otlpEndpoint: undefined });
const telemetry = createGatewayTelemetry(watched);
const { reportError } = watched;
const call = createSubgraphCaller(createSealer(keys), telemetry.transport(transport), reportError);
const gateway = await createGateway({
  supergraph: readFileSync(process.env.SUPERGRAPH ?? '', 'utf8'),
  connect: () => ({ call, async close() {} }),
  authenticate: async () => null,
  readiness: {},
  reportError,
  deadlineMs: 10_000,
  telemetry,
  metricsToken: undefined,
});
const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready: ${port}`);
