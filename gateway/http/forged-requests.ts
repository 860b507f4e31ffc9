/**
 * What a page of another site can have a browser send without asking is not answered: a request of a simple content type,
 * or of none, and without a header that a page may not set. As Apollo Server has it for what it answers.
 * https://www.apollographql.com/docs/apollo-server/security/cors#preventing-cross-site-request-forgery-csrf
 */
import type { IncomingHttpHeaders } from 'node:http';

const PREFLIGHTED = ['x-apollo-operation-name', 'apollo-require-preflight'] as const;

/** https://fetch.spec.whatwg.org/#cors-safelisted-request-header */
const SIMPLE: ReadonlySet<string> = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain']);

export function couldBeForged(headers: IncomingHttpHeaders): boolean {
  if (PREFLIGHTED.some((name) => headers[name])) return false;
  const type = essenceOf(headers['content-type']);
  return type === null || SIMPLE.has(type);
}

/** In lower case, without parameters; null where there is none. */
export const essenceOf = (contentType: string | undefined): string | null =>
  contentType?.split(';', 1)[0]?.trim().toLowerCase() || null;

export const FORGED =
  'A page of another site could have sent this request: send "content-type: application/json", or the header "apollo-require-preflight" with any value.';
