/** The engine on Apollo's own planner and executor (`ApolloGateway`), with what they lack put around them. */
import { createHash } from 'node:crypto';
import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { GatewayExecutor, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, print } from 'graphql';
import { restrict } from '../policy/authorisation.ts';
import { createHiddenReport } from '../policy/hidden-report.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { completeAnswer } from './completion.ts';
import type { Engine, EngineRequest, Prepared } from './engine.ts';
import { asksForData, createResponseKeys, type SafeKeys } from './response-keys.ts';
import type { CallSubgraph } from './signed-source.ts';

/** The prepared operation as this engine keeps it. */
interface ApolloPrepared extends Prepared {
  responseKey: SafeKeys['responseKey'];
}

export async function createApolloEngine(supergraph: Supergraph, callSubgraph: CallSubgraph): Promise<Engine> {
  const { apiSchema, rules } = supergraph;
  const keys = createResponseKeys(apiSchema, rules.guestTypes);
  const run = await startGateway(supergraph, callSubgraph);
  return {
    prepare(document, operation, authorisation): ApolloPrepared {
      const restricted = restrict(apiSchema, rules, document, operation, authorisation);
      const { document: planned, plannedKey, responseKey } = keys.makeSafe(restricted.document);
      const planKey = asksForData(planned) ? createHash('sha256').update(print(planned)).digest('hex') : null;
      return { document, operation, restricted, planned, planKey, plannedKey, responseKey };
    },
    async execute(prepared, variables, request) {
      const { data, errors } = await answerOf(run, prepared as ApolloPrepared, variables, request);
      const report = createHiddenReport(rules, request.hidden);
      const completed = data && completeAnswer(apiSchema, prepared, variables, data, report.visit);
      const hidden = report.entries();
      return {
        data: completed?.data ?? null,
        errors: [...errors, ...withoutRepeats(completed?.errors ?? [], errors), ...prepared.restricted.errors],
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
  { planned, planKey, responseKey }: ApolloPrepared,
  variables: Readonly<Record<string, unknown>>,
  request: EngineRequest,
): Promise<Answer> {
  if (planKey === null) return { data: {}, errors: [] };
  const result = await run(requestContext(planned, planKey, variables, request));
  const errors = (result.errors ?? []).map((error) => withPath(error, responseKey));
  return { data: result.data ?? null, errors };
}

/** An error's path in the client's own keys. */
function withPath(error: GraphQLError, responseKey: SafeKeys['responseKey']): GraphQLError {
  const { message, extensions, originalError } = error;
  const path = error.path?.map((key) => (typeof key === 'string' ? responseKey(key) : key)) ?? null;
  return new GraphQLError(message, { path, extensions, originalError: originalError ?? null });
}

/** A null that a subgraph has explained is not explained again by the place to which it propagated. */
const withoutRepeats = (more: readonly GraphQLError[], told: readonly GraphQLError[]): readonly GraphQLError[] =>
  told.length > 0 ? [] : more;

async function startGateway({ plannerSdl }: Supergraph, callSubgraph: CallSubgraph): Promise<GatewayExecutor> {
  // it would send metrics to its maker, and reads nothing but the environment to learn that it must not
  process.env.APOLLO_TELEMETRY_DISABLED = '1';
  const gateway = new ApolloGateway({
    supergraphSdl: plannerSdl,
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
