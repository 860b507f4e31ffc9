/**
 * A request whose Host is no host is refused here (RFC 9112, 3.2: a server must answer it with 400): what makes a URL of
 * it further on would throw.
 */
import type { FastifyInstance } from 'fastify';
import { refusedRequest } from './answers.ts';
import { GRAPHQL_ROUTE } from './routes.ts';

export function refuseOddHosts(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.url !== GRAPHQL_ROUTE) return;
    if (!URL.canParse(`http://${request.hostname}/`)) return reply.status(400).send(refusedRequest(400));
  });
}
