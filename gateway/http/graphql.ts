/** Apollo Server in front of the engine: GraphQL over HTTP, validation, and protection against forged requests. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { buildSchema, printSchema } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createErrorMask, type ReportError } from './mask-errors.ts';

/** What Apollo Server knows of a request, beside its body. */
export interface RequestContext {
  caller: Caller | null;
  /** Aborted when the client goes away. */
  signal: AbortSignal;
}

interface GraphqlFront {
  supergraph: Supergraph;
  execute: ExecuteOperation;
  server: FastifyInstance;
  reportError: ReportError;
}

export async function createGraphqlFront({ supergraph, execute, server, reportError }: GraphqlFront) {
  const apollo = new ApolloServer<RequestContext>({
    gateway: asApolloGateway(supergraph, execute),
    // the default landing page loads from another host
    plugins: [fastifyApolloDrainPlugin(server), ApolloServerPluginLandingPageDisabled()],
    // persisted operations have a store and rules of their own
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    formatError: createErrorMask(reportError),
    stopOnTerminationSignals: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await apollo.start();
  return apollo;
}

function asApolloGateway({ apiSchema, sdl }: Supergraph, execute: ExecuteOperation): GatewayInterface {
  // Apollo Server puts resolvers of its own on the schema that it is given, so it is given one of its own
  const schema = buildSchema(printSchema(apiSchema), { assumeValid: true });
  let tell: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate(callback) {
      tell = callback;
      return () => {
        tell = () => {};
      };
    },
    async load() {
      tell({ apiSchema: schema, coreSupergraphSdl: sdl });
      return {
        executor: async ({ source, document, operation, request, context }) => {
          const { caller, signal } = context as RequestContext;
          const variables = request.variables ?? {};
          const { errors, ...result } = await execute({ source, document, operation, variables, caller, signal });
          // GraphQL specification, 7.1: where there are no errors, there is no entry
          return errors.length > 0 ? { ...result, errors } : result;
        },
      };
    },
    async stop() {},
  };
}
