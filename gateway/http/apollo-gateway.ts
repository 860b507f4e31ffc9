/** The graph as Apollo Server takes it. Another may take its place: each request is run by the one that validated it. */
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import type { GraphQLSchema } from 'graphql';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { RequestContext } from './graphql.ts';

export interface ServedGraph {
  supergraph: Supergraph;
  execute: ExecuteOperation;
}

interface ApolloGateway {
  gateway: GatewayInterface;
  /** Throws where Apollo Server does not take the schema; then the one before is served on. */
  serve(graph: ServedGraph): void;
}

export function asApolloGateway(first: ServedGraph): ApolloGateway {
  const graphs = new WeakMap<GraphQLSchema, ServedGraph>();
  let tell: Parameters<GatewayInterface['onSchemaLoadOrUpdate']>[0] = () => {};
  const serve = (graph: ServedGraph): void => {
    const { frontSchema: schema, sdl } = graph.supergraph;
    graphs.set(schema, graph);
    tell({ apiSchema: schema, coreSupergraphSdl: sdl });
  };
  const gateway: GatewayInterface = {
    onSchemaLoadOrUpdate(callback) {
      tell = callback;
      return () => {
        tell = () => {};
      };
    },
    async load() {
      serve(first);
      return {
        executor: async ({ schema, source, document, operation, request, context }) => {
          const graph = graphs.get(schema);
          if (!graph) throw new Error('The request was validated by no schema of ours.');
          const { told, refused, ...incoming } = context as RequestContext;
          const variables = request.variables ?? {};
          const { errors, ...result } = await graph.execute({ source, document, operation, variables, ...incoming });
          told(document, errors);
          // GraphQL specification, 7.1: where there are no errors, there is no entry
          return errors.length > 0 ? { ...result, errors } : result;
        },
      };
    },
    async stop() {},
  };
  return { gateway, serve };
}
