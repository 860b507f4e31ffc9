/** `/graphql`: what it takes, and what it says to any other method. */
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusedRequest } from './answers.ts';
import { callerOf } from './authentication.ts';
import { prepareBadOperations, statusByMediaType } from './bad-operations.ts';
import type { RequestContext } from './graphql.ts';
import { signalOf } from './request-signal.ts';
import { GRAPHQL_ROUTE } from './routes.ts';

const SERVED = ['GET', 'POST'] as const;

export function serveGraphql(server: FastifyInstance, apollo: ApolloServer<RequestContext>, deadlineMs: number): void {
  prepareBadOperations(server);
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => ({
    caller: callerOf(request),
    signal: signalOf(reply, deadlineMs),
    refused() {
      request.hasBadOperation = true;
    },
  });
  server.route({
    url: GRAPHQL_ROUTE,
    method: [...SERVED],
    exposeHeadRoute: false,
    handler: fastifyApolloHandler(apollo, { context }),
    onSend: statusByMediaType,
  });
  server.route({
    url: GRAPHQL_ROUTE,
    method: ['DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', 'TRACE'],
    handler: async (_request, reply) => reply.status(405).header('allow', SERVED.join(', ')).send(refusedRequest(405)),
  });
}
