/** Apollo Server in front of the engine: GraphQL over HTTP, parsing, and protection against forged requests. */
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { DocumentNode, GraphQLError } from 'graphql';
import { asApolloGateway, type ServedGraph } from './apollo-gateway.ts';
import { tellBadOperations } from './bad-operations.ts';
import type { GraphRequest } from './graph-request.ts';
import type { ErrorMask } from './mask-errors.ts';

/** What Apollo Server knows of a request, beside its body. */
export type RequestContext = GraphRequest['own'] & {
  /** To be called where the operation is refused before it is executed. */
  refused(): void;
  /** To be called with what was run, and the errors of its result. */
  told(document: DocumentNode, errors: readonly GraphQLError[]): void;
};

interface FrontGraph extends ServedGraph {
  /** More than this is not parsed. */
  mostTokens: number;
}

interface GraphqlFront {
  graph: FrontGraph;
  server: FastifyInstance;
  formatError: ErrorMask;
}

export async function createGraphqlFront({ graph, server, formatError }: GraphqlFront) {
  const { gateway, serve } = asApolloGateway(graph);
  let { mostTokens } = graph;
  const apollo = new ApolloServer<RequestContext>({
    gateway,
    // the default landing page loads from another host
    plugins: [fastifyApolloDrainPlugin(server), ApolloServerPluginLandingPageDisabled(), tellBadOperations],
    // persisted operations have a store and rules of their own
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    parseOptions: {
      get maxTokens() {
        return mostTokens;
      },
    },
    // what it has read is kept by `known-texts.ts`, where it was run
    documentStore: null,
    // the graph validates, after its limits: what is expensive to validate is not
    dangerouslyDisableValidation: true,
    includeStacktraceInErrorResponses: false,
    formatError,
    stopOnTerminationSignals: false,
    logger: { debug() {}, info() {}, warn() {}, error() {} },
  });
  await apollo.start();
  return {
    apollo,
    serve(next: FrontGraph): void {
      serve(next);
      mostTokens = next.mostTokens;
    },
  };
}
