/**
 * Who is calling, before anything else of a request is looked at. Identity headers of the client's own are never read.
 * The graph's routes ask for themselves (`graphql-endpoint.ts`).
 */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import { callerUnknown, unauthenticated } from './http-answer.ts';
import type { ReportError } from './mask-errors.ts';
import { LISTED_ROUTE, PICTURES_ROUTE } from './routes.ts';

const AUTHENTICATED: ReadonlySet<string> = new Set([LISTED_ROUTE, PICTURES_ROUTE]);

const callers = new WeakMap<object, Caller | null>();

export function authenticateRequests(
  server: FastifyInstance,
  authenticate: (authorization: string | undefined) => Promise<Caller | null>,
  reportError: ReportError,
): void {
  server.addHook('onRequest', async (request, reply) => {
    if (!AUTHENTICATED.has(request.routeOptions.url ?? '')) return;
    try {
      callers.set(request.raw, await authenticate(request.headers.authorization));
    } catch (error) {
      const { status, headers, body } =
        error instanceof Unauthenticated ? unauthenticated(error.message) : callerUnknown(error, reportError);
      return reply.status(status).headers(headers).send(body);
    }
  });
}

/** Null for a stranger. Throws where the request was not authenticated: nobody may be taken for a stranger by mistake. */
export function callerOf({ raw, routeOptions: { url } }: FastifyRequest): Caller | null {
  const caller = callers.get(raw);
  if (caller === undefined) throw new Error(`Expected ${url} among the routes that are authenticated.`);
  return caller;
}
