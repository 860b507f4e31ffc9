/**
 * Who pays for a request, and what its answer says of it: what it cost, what is left, and where there is not enough, 429
 * with the time to wait (RFC 6585, 4).
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationRequest } from '../operations/run-operation.ts';
import type { Charge } from '../policy/throttles/client-throttles.ts';
import { payerOf } from '../policy/throttles/payer.ts';
import { throttledBy } from '../policy/throttles/throttled.ts';
import { callerOf } from './authentication.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whole seconds until it may be sent again, where it was refused for a while. */
    retryAfter: number | null;
  }
}

/** Names of headers that scripts of other origins may read. */
export const PAYING_HEADERS = ['schoolgraph-cost', 'ratelimit', 'ratelimit-policy', 'retry-after'] as const;

export function preparePayingRequests(server: FastifyInstance): void {
  server.decorateRequest('retryAfter', null);
}

/** Strangers are told apart by the address that the connection comes from: a header would be theirs to write. */
export const paying = (request: FastifyRequest, reply: FastifyReply): Pick<OperationRequest, 'payer' | 'charged'> => ({
  payer: payerOf(callerOf(request), request.ip),
  charged: (charge) => void reply.headers(headersOf(charge)),
});

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
const headersOf = ({ cost, budget }: Charge): Record<string, string> => ({
  'schoolgraph-cost': String(cost),
  ...(budget && {
    'ratelimit-policy': `"cost";q=${budget.most};w=60`,
    ratelimit: `"cost";r=${budget.left};t=${budget.fullInSeconds}`,
  }),
});

/** To be called with the errors of an answer, before they are written. */
export function tellThrottled(request: FastifyRequest, errors: readonly unknown[]): void {
  request.retryAfter = throttledBy(errors)?.retryAfterSeconds ?? null;
}

export async function statusOfThrottled(request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<unknown> {
  if (request.retryAfter !== null) reply.code(429).header('retry-after', String(request.retryAfter));
  return body;
}
