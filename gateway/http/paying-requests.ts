/**
 * What an answer says of what its request cost: that, what is left, and where there is not enough, 429 with the time to
 * wait (RFC 6585, 4).
 */
import type { Charge } from '../policy/throttles/client-throttles.ts';
import { throttledBy } from '../policy/throttles/throttled.ts';
import { type HttpAnswer, withHeaders } from './http-answer.ts';

/** Names of headers that scripts of other origins may read. */
export const PAYING_HEADERS = ['schoolgraph-cost', 'ratelimit', 'ratelimit-policy', 'retry-after'] as const;

/** https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ */
export const chargeHeaders = ({ cost, budget }: Charge): HttpAnswer['headers'] => ({
  'schoolgraph-cost': String(cost),
  ...(budget && {
    'ratelimit-policy': `"cost";q=${budget.most};w=60`,
    ratelimit: `"cost";r=${budget.left};t=${budget.fullInSeconds}`,
  }),
});

/** `errors`: what was told, before it was written. */
export function asThrottled(answer: HttpAnswer, errors: readonly unknown[]): HttpAnswer {
  const throttled = throttledBy(errors);
  if (!throttled) return answer;
  return { ...withHeaders(answer, { 'retry-after': String(throttled.retryAfterSeconds) }), status: 429 };
}
