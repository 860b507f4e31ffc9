/** The graph's routes, asked by a method that is not served there. */
import type { FastifyInstance } from 'fastify';
import { refusedRequest } from './answers.ts';
import { GRAPHQL_ROUTE, PERSISTED_ROUTE } from './routes.ts';

const METHODS = ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', 'TRACE'] as const;

export function refuseOtherMethods(server: FastifyInstance): void {
  const refuse = (url: string, served: readonly (typeof METHODS)[number][]): void => {
    server.route({
      url,
      method: METHODS.filter((method) => !served.includes(method)),
      handler: async (_request, reply) =>
        reply.status(405).header('allow', served.join(', ')).send(refusedRequest(405)),
    });
  };
  refuse(GRAPHQL_ROUTE, ['GET', 'POST']);
  refuse(PERSISTED_ROUTE, ['GET']);
}
