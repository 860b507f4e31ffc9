/**
 * Our gateway with our own supergraph, limits and all, in front of subgraphs that answer at once and always the same:
 * what it takes is its own. `Bearer NAME` is a person of that name who comes by the client `web`.
 */
import { readFileSync } from 'node:fs';
import { Unauthenticated } from '../../../gateway/auth/unauthenticated.ts';
import type { SubgraphTransport } from '../../../gateway/engine/engine.ts';
import { createSubgraphCaller } from '../../../gateway/engine/signed-source.ts';
import { createGateway } from '../../../gateway/gateway.ts';
import { DEFAULT_RATES } from '../../../gateway/policy/throttles/client-throttles.ts';
import { createEngine } from '../../../gateway/start/engine.ts';
import { createGatewayTelemetry } from '../../../gateway/telemetry/gateway-telemetry.ts';
import { createSealer } from '../../../subgraphs/kernel/envelope.ts';
import { createTelemetry } from '../../../subgraphs/kernel/telemetry/telemetry.ts';
import { callerAs } from '../../kit/callers.ts';
import { testLists } from '../../kit/operation-lists.ts';
import { UNTHROTTLED } from '../../kit/unthrottled.ts';
import { PUBLISHED } from './operations.ts';

const NOTHING = {
  status: 200,
  body: JSON.stringify({ data: { guestProfiles: { nodes: [] }, school: { name: 'A' } } }),
};
const transport: SubgraphTransport = { call: async () => NOTHING };

const watched = createTelemetry({ service: 'bench', logLevel: 'warn', otlpEndpoint: undefined });
const telemetry = createGatewayTelemetry(watched);
const { reportError } = watched;
const sealer = createSealer([{ id: 'bench', secret: Buffer.alloc(32, 1).toString('base64url') }]);
const call = createSubgraphCaller(sealer, telemetry.transport(transport), reportError);
const gateway = await createGateway({
  supergraph: readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8'),
  connect: () => ({ call, async close() {} }),
  createEngine,
  async authenticate(authorization) {
    const name = /^Bearer (\w+)$/.exec(authorization ?? '')?.[1];
    if (!name) throw new Unauthenticated();
    return { ...callerAs('DATA_LEAD', '900002', name), client: { name: 'web', version: null } };
  },
  operationLists: await testLists({ web: { mode: 'open', versions: { '1.0.0': [PUBLISHED] } } }),
  // the one whose time is taken asks more often than a person does
  settings: { clientRates: { ...DEFAULT_RATES, budget: UNTHROTTLED.budget } },
  readiness: {},
  reportError,
  deadlineMs: 10_000,
  telemetry,
  metricsToken: undefined,
});
const { port } = await gateway.listen({ host: '127.0.0.1', port: 0 });
console.log(`ready: ${port}`);
