/** The engine on Apollo's own planner and executor (`ApolloGateway`), with their traps taken out. */
import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GatewayExecutor, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { type DocumentNode, Kind, type OperationDefinitionNode, print } from 'graphql';
import type { Engine, EngineRequest } from './engine.ts';
import { withNullableFields } from './nullable-fields.ts';
import { type RenamedVariables, withoutReservedVariables } from './reserved-variables.ts';
import type { CallSubgraph } from './signed-source.ts';

interface ApolloPlan {
  /** As it is planned, under names that cannot collide with the planner's. */
  renamed: RenamedVariables;
  /** Names the plan in the stock gateway's own store: the planned text and nothing of the caller. */
  key: string;
}

/** Of a supergraph as the stock planner loads it: without `for: SECURITY` on links that are enforced above. */
export async function createApolloEngine(plannerSdl: string, callSubgraph: CallSubgraph): Promise<Engine<ApolloPlan>> {
  const run = await startGateway(plannerSdl, callSubgraph);
  return {
    prepare(document) {
      const renamed = withoutReservedVariables(document);
      return { renamed, key: createHash('sha256').update(print(renamed.document)).digest('hex') };
    },
    async execute({ renamed, key }, variables, request) {
      const result = await run(requestContext(renamed.document, key, renamed.rename(variables), request));
      return { data: result.data ?? null, errors: result.errors ?? [] };
    },
  };
}

async function startGateway(plannerSdl: string, callSubgraph: CallSubgraph): Promise<GatewayExecutor> {
  // it would send metrics to its maker, and reads nothing but the environment to learn that it must not
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  const gateway = new ApolloGateway({
    supergraphSdl: withNullableFields(plannerSdl),
    buildService: ({ name }) => dataSource(name, callSubgraph),
    __exposeQueryPlanExperimental: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  const { executor } = await gateway.load({ apollo: {} });
  return executor;
}

const dataSource = (name: string, callSubgraph: CallSubgraph): GraphQLDataSource => ({
  async process({ request, context }) {
    const { query = '', operationName, variables } = request;
    const { data, errors } = await callSubgraph(name, { query, operationName, variables }, context as EngineRequest);
    return { data: data ?? null, ...(errors && { errors }) };
  },
});

/** What the stock executor reads of Apollo Server's request context, and no more. */
function requestContext(
  document: DocumentNode,
  planKey: string,
  variables: Record<string, unknown>,
  request: EngineRequest,
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
    context: request,
    metrics: {},
  } as Partial<GatewayGraphQLRequestContext> as GatewayGraphQLRequestContext;
}
