/** Our gateway as `npm run gateway` serves any supergraph, with a list of persisted operations that everybody may ask for. */
import { readFileSync } from 'node:fs';
import { createGateway } from '../../../../gateway/gateway.ts';
import type { ConnectSubgraphs } from '../../../../gateway/graph.ts';
import type { FollowedLists } from '../../../../gateway/operations/persisted/followed-lists.ts';
import { createListOf, type OperationLists } from '../../../../gateway/operations/persisted/lists.ts';
import { createGatewayTelemetry } from '../../../../gateway/telemetry/gateway-telemetry.ts';
import type { AppCaller } from '../../../../subgraphs/kernel/caller.ts';
import { createTelemetry } from '../../../../subgraphs/kernel/telemetry/telemetry.ts';
import { appAt } from '../../../kit/callers.ts';
import { idOf, OPERATIONS } from '../../graph/operations.ts';

const CLIENT = appAt('900001', []);

interface Watching {
  telemetry: ReturnType<typeof createGatewayTelemetry>;
  reportError: Parameters<typeof createGateway>[0]['reportError'];
}

/** On a free port, which it says. */
export async function serveBenchGateway(connect: (watching: Watching) => ConnectSubgraphs): Promise<void> {
  const watched = createTelemetry({ service: 'bench', logLevel: 'warn', otlpEndpoint: undefined });
  const telemetry = createGatewayTelemetry(watched);
  const { reportError } = watched;
  const gateway = await createGateway({
    supergraph: readFileSync(process.env.SUPERGRAPH ?? '', 'utf8'),
    connect: connect({ telemetry, reportError }),
    authenticate: async () => null,
    operationLists: listsOf(CLIENT),
    readiness: {},
    reportError,
    deadlineMs: 10_000,
    telemetry,
    metricsToken: undefined,
  });
  const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
  console.log(`ready: ${port}`);
}

/** The list of one client, for whoever asks. */
function listsOf(client: AppCaller): FollowedLists {
  const operations = Object.values(OPERATIONS).map((operation) => {
    const id = idOf(operation);
    return { client: client.client.name, id, name: operation.name, text: operation.text, hash: id };
  });
  const lists: OperationLists = new Map([
    [client.client.name, { mode: 'open', versions: new Map([['1.0.0', operations]]) }],
  ]);
  const list = createListOf(lists)(client);
  return { lists: () => lists, listOf: () => list, whenChanged() {}, used() {} };
}
