/** Who is calling, before anything else of a request is looked at. Identity headers of the client's own are never read. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';

/** Routes that ask who is calling. */
const AUTHENTICATED: ReadonlySet<string> = new Set(['/graphql', '/pictures/*']);

const callers = new WeakMap<object, Caller | null>();

export function authenticateRequests(
  server: FastifyInstance,
  authenticate: (authorization: string | undefined) => Promise<Caller | null>,
): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!AUTHENTICATED.has(request.routeOptions.url ?? '')) return;
    try {
      callers.set(request.raw, await authenticate(request.headers.authorization));
    } catch (error) {
      if (!(error instanceof Unauthenticated)) throw error;
      reply.status(401).header('www-authenticate', 'Bearer error="invalid_token"');
      return reply.send({ errors: [{ message: error.message, extensions: { code: 'UNAUTHENTICATED' } }] });
    }
  });
}

export const callerOf = (request: FastifyRequest): Caller | null => callers.get(request.raw) ?? null;
