/** Our gateway with its subgraphs over HTTP, as `npm run gateway -- --supergraph FILE` calls them. */
import { createSubgraphCaller } from '../../../../gateway/engine/signed-source.ts';
import { createHttpTransport } from '../../../../gateway/engine/transport/http-transport.ts';
import { urlsOf } from '../../../../gateway/main/subgraph-urls.ts';
import { serveBenchGateway } from './bench-gateway.ts';

await serveBenchGateway(({ telemetry, reportError }) => (supergraph) => {
  const urls = urlsOf(supergraph, {});
  const transport = createHttpTransport({
    urls,
    timeoutMs: 3_000,
    readsErrorStatuses: true,
    onCircuit: telemetry.circuit,
  });
  return { call: createSubgraphCaller(null, telemetry.transport(transport), reportError), close: transport.close };
});
