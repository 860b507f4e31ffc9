/** Apollo Server in front of the one executor that every call passes, in process or over HTTP. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import { buildSchema, GraphQLError, printSchema } from 'graphql';
import type { Caller } from '../../caller.ts';
import type { RunningSubgraph, SubgraphRequest } from '../open-subgraph.ts';

export interface SubgraphContext {
  caller: Caller | null;
}

export async function createApollo(
  subgraph: RunningSubgraph,
  server: FastifyInstance,
): Promise<ApolloServer<SubgraphContext>> {
  const apollo = new ApolloServer<SubgraphContext>({
    gateway: asApolloGateway(subgraph),
    plugins: [fastifyApolloDrainPlugin(server), ApolloServerPluginLandingPageDisabled()],
    introspection: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await apollo.start();
  return apollo;
}

function asApolloGateway({ schema, run }: RunningSubgraph): GatewayInterface {
  // Apollo Server puts resolvers of its own on the schema that it is given, so it is given one of its own
  const apiSchema = buildSchema(printSchema(schema), { assumeValid: true });
  let tell: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => {};
  return {
    onSchemaLoadOrUpdate(callback) {
      tell = callback;
      return () => {
        tell = () => {};
      };
    },
    async load() {
      tell({ apiSchema, coreSupergraphSdl: '' });
      return { executor: executorOf(run) };
    },
    async stop() {},
  };
}

const executorOf =
  (run: RunningSubgraph['run']): GatewayExecutor =>
  async ({ source, request: { operationName, variables, extensions }, context }) => {
    const { caller } = context as SubgraphContext;
    const request = { query: source, operationName, variables, extensions } as SubgraphRequest;
    const { data = null, errors, extensions: more } = await run(caller, request);
    return {
      // without any data Apollo Server would answer 400: the gateway reads what was refused from an answer
      data,
      // masked already; an error that is not of this class would lose its place and its code
      ...(errors && { errors: errors.map(({ message, ...place }) => new GraphQLError(message, place)) }),
      ...(more && { extensions: more }),
    };
  };
