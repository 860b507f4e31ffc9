/** The engine on Apollo's own planner and executor (`ApolloGateway`), with their traps taken out. */
import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GatewayExecutor, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import {
  buildASTSchema,
  type DocumentNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
} from 'graphql';
import { createAnswerShapes } from './answer-shape.ts';
import { placedErrors, type ToldCall } from './call-places.ts';
import type { Engine, EngineRequest } from './engine.ts';
import { walkLiteralsOnce } from './literals-walked-once.ts';
import { withNullableFields } from './nullable-fields.ts';
import { apiSdlOf } from './planner/apollo-planner.ts';
import { type RenamedVariables, withoutReservedVariables } from './reserved-variables.ts';
import { withRootFieldsInOrder } from './root-fields-in-order.ts';
import type { CallSubgraph } from './signed-source.ts';

interface ApolloPlan {
  /** As it is planned, under names that cannot collide with the planner's. */
  renamed: RenamedVariables;
  /** Names the plan in the stock gateway's own store: the planned text and nothing of the caller. */
  key: string;
}

/** A plan that is run for one request. */
interface RunningPlan {
  request: EngineRequest;
  /** What subgraphs said went wrong: kept from the stock executor, and told at its places afterwards. */
  told: ToldCall[];
}

/** Of a supergraph as the stock planner loads it: without `for: SECURITY` on links that are enforced above. */
export async function createApolloEngine(plannerSdl: string, callSubgraph: CallSubgraph): Promise<Engine<ApolloPlan>> {
  const run = await startGateway(plannerSdl, callSubgraph);
  return {
    apiSdl: apiSdlOf(plannerSdl),
    async prepare(document) {
      const renamed = withoutReservedVariables(withRootFieldsInOrder(document));
      return { renamed, key: createHash('sha256').update(print(renamed.document)).digest('hex') };
    },
    async execute({ renamed, key }, variables, request) {
      const running: RunningPlan = { request, told: [] };
      const result = await run(requestContext(renamed.document, key, renamed.rename(variables), running));
      const placed = placedErrors(result.data ?? {}, running.told);
      return { data: result.data ?? null, errors: [...placed, ...(result.errors ?? [])] };
    },
    async close() {},
  };
}

async function startGateway(plannerSdl: string, callSubgraph: CallSubgraph): Promise<GatewayExecutor> {
  // it would send metrics to its maker, and reads nothing but the environment to learn that it must not
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  walkLiteralsOnce();
  const shapeOf = createAnswerShapes(buildASTSchema(parse(plannerSdl), { assumeValid: true, assumeValidSDL: true }));
  const gateway = new ApolloGateway({
    supergraphSdl: withNullableFields(plannerSdl),
    buildService: ({ name }) => dataSource(name, shapeOf, callSubgraph),
    __exposeQueryPlanExperimental: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const { executor } = await gateway.load({ apollo: {} });
  return executor;
}

const dataSource = (
  name: string,
  shapeOf: ReturnType<typeof createAnswerShapes>,
  callSubgraph: CallSubgraph,
): GraphQLDataSource<RunningPlan> => ({
  async process({ request: { query = '', operationName, variables = {} }, context, ...call }) {
    if (!('incomingRequestContext' in call))
      throw new Error('Expected a call of an operation that a client asked for.');
    const { document = parse(query), pathInIncomingRequest: path = [] } = call;
    const { request, told } = context as RunningPlan;
    const isQuery = getOperationAST(document)?.operation === 'query';
    const operation = { query, operationName, variables, isQuery, shape: shapeOf(document) };
    const { data, errors } = await callSubgraph(name, operation, request);
    if (errors.length > 0) told.push({ subgraph: name, document, variables, path, errors });
    return { data };
  },
});

/** What the stock executor reads of Apollo Server's request context, and no more. */
function requestContext(
  document: DocumentNode,
  planKey: string,
  variables: Record<string, unknown>,
  running: RunningPlan,
): GatewayGraphQLRequestContext {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const operationName = operation?.name?.value;
  return {
    request: { ...(operationName && { operationName }), variables },
    document,
    operation,
    operationName: operationName ?? null,
    queryHash: planKey,
    context: running,
    metrics: {},
  } as Partial<GatewayGraphQLRequestContext> as GatewayGraphQLRequestContext;
}
