/** Our gateway and the subgraphs in one process, as `npm start` runs them: no HTTP between them. */
import { callInProcess } from '../../../../gateway/standalone/in-process-calls.ts';
import type { SubgraphResult } from '../../../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { SUBGRAPHS } from '../../graph/subgraphs.ts';
import { serveBenchGateway } from './bench-gateway.ts';
import { createSubgraphs } from './subgraphs-in-process.ts';

const execute = createSubgraphs();
const subgraphs = SUBGRAPHS.map(({ name }) => ({
  name,
  run: (_caller: unknown, { query, variables = {} }: { query: string; variables?: object }) =>
    execute(name, query, variables) as Promise<SubgraphResult>,
}));

await serveBenchGateway(({ telemetry, reportError }) => {
  const limits = { timeoutMs: 3_000, maxBytes: 10 * 1024 * 1024 };
  const call = callInProcess({ subgraphs, limits, observed: telemetry.transport, reportError });
  return () => ({ call, async close() {} });
});
