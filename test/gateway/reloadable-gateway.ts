/** A gateway whose supergraph a test exchanges, and which says which of them it has closed. */
import { createGateway, type GatewayDeps } from '../../gateway/gateway.ts';
import type { Subgraphs } from '../../gateway/graph.ts';
import type { SupergraphFile } from '../../gateway/supergraph/supergraph.ts';
import { createGatewayTelemetry } from '../../gateway/telemetry/gateway-telemetry.ts';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import { atEnd } from '../kit/at-end.ts';
import { testTelemetry } from '../kit/telemetry.ts';

interface Reloadable {
  url: string;
  reload(supergraph: string): Promise<void>;
  close(): Promise<void>;
  /** The first subgraph of each graph that is closed, in order. */
  closed: string[];
}

/** `check` may throw for a supergraph that it does not want served. */
export async function startReloadable(
  supergraph: string,
  call: Subgraphs['call'],
  check: (supergraph: SupergraphFile) => void = () => {},
  parts: Partial<Pick<GatewayDeps, 'authenticate' | 'operationLists' | 'settings'>> & { telemetry?: Telemetry } = {},
): Promise<Reloadable> {
  const closed: string[] = [];
  const gateway = await createGateway({
    supergraph,
    connect(read) {
      check(read);
      return { call, close: async () => void closed.push(read.subgraphs[0]?.name ?? '') };
    },
    authenticate: parts.authenticate ?? (async () => null),
    ...(parts.operationLists && { operationLists: parts.operationLists }),
    ...(parts.settings && { settings: parts.settings }),
    readiness: {},
    reportError: () => {},
    deadlineMs: 10_000,
    telemetry: createGatewayTelemetry(parts.telemetry ?? testTelemetry()),
    metricsToken: undefined,
  });
  atEnd(gateway.close);
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  return { url: `http://127.0.0.1:${port}`, reload: gateway.reload, close: gateway.close, closed };
}
