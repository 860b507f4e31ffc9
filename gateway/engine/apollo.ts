/** The engine on Apollo's own planner and executor (`ApolloGateway`), with what they lack put around them. */
import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GatewayExecutor, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { type DocumentNode, type GraphQLError, Kind, type OperationDefinitionNode, print } from 'graphql';
import { atClientPlaces, notYetTold } from '../operations/error-places.ts';
import { restrict } from '../policy/authorisation.ts';
import { createHiddenReport } from '../policy/hidden-report.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { completeAnswer } from './completion.ts';
import type { Engine, EngineRequest, Prepared } from './engine.ts';
import { withNullableFields } from './nullable-fields.ts';
import { asksForData, createResponseKeys } from './response-keys.ts';
import type { CallSubgraph } from './signed-source.ts';

export async function createApolloEngine(supergraph: Supergraph, callSubgraph: CallSubgraph): Promise<Engine> {
  const { apiSchema, rules } = supergraph;
  const keys = createResponseKeys(apiSchema, rules.guestTypes);
  const run = await startGateway(supergraph, callSubgraph);
  return {
    prepare(document, operation, authorisation): Prepared {
      const restricted = restrict(apiSchema, rules, document, operation, authorisation);
      const { document: planned, plannedKey } = keys.makeSafe(restricted.document);
      const planKey = asksForData(planned) ? createHash('sha256').update(print(planned)).digest('hex') : null;
      return { document, operation, restricted, planned, planKey, plannedKey };
    },
    async execute(prepared, variables, request) {
      const { data, errors: ofSubgraphs } = await answerOf(run, prepared, variables, request);
      const errors = atClientPlaces(prepared, ofSubgraphs);
      const report = createHiddenReport(rules, request.hidden);
      const completed = data && completeAnswer(apiSchema, prepared, variables, data, report.visit);
      const hidden = report.entries();
      return {
        data: completed?.data ?? null,
        errors: [...errors, ...notYetTold(completed?.errors ?? [], errors), ...prepared.restricted.errors],
        ...(hidden.length > 0 && { extensions: { guestAccess: { hidden } } }),
      };
    },
  };
}

interface Answer {
  data: Record<string, unknown> | null;
  errors: readonly GraphQLError[];
}

async function answerOf(
  run: GatewayExecutor,
  { planned, planKey }: Prepared,
  variables: Readonly<Record<string, unknown>>,
  request: EngineRequest,
): Promise<Answer> {
  if (planKey === null) return { data: {}, errors: [] };
  const result = await run(requestContext(planned, planKey, variables, request));
  return { data: result.data ?? null, errors: result.errors ?? [] };
}

async function startGateway({ plannerSdl }: Supergraph, callSubgraph: CallSubgraph): Promise<GatewayExecutor> {
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
  variables: Readonly<Record<string, unknown>>,
  request: EngineRequest,
): GatewayGraphQLRequestContext {
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const operationName = operation?.name?.value;
  return {
    request: { ...(operationName && { operationName }), variables: { ...variables } },
    document,
    operation,
    operationName: operationName ?? null,
    queryHash: planKey,
    context: request,
    metrics: {},
  } as Partial<GatewayGraphQLRequestContext> as GatewayGraphQLRequestContext;
}
