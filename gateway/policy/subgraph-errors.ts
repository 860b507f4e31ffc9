/**
 * What a subgraph may say to a client in its own words. Ours mask their own errors, so what has one of these codes was
 * written to be read. Anybody else's may have anything in its text (a host, a query, a value): of a code that everybody
 * knows the code is told, in our words.
 */
import { GraphQLError } from 'graphql';

const OF_OURS: ReadonlySet<unknown> = new Set([
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'GRANT_REFUSED',
  'GRANT_REQUIRED',
  'GUEST_FIELD_VIEW_ONLY',
  'INTERNAL_SERVER_ERROR',
  'NOT_FOUND',
  'UNAUTHENTICATED',
]);

const OF_ANY: Readonly<Record<string, string>> = {
  BAD_USER_INPUT: 'The input is not valid.',
  FORBIDDEN: 'This is not allowed.',
  NOT_FOUND: 'There is no such thing.',
  UNAUTHENTICATED: 'This is for signed-in callers.',
};

/** On no list of what may be shown. */
const MASKED = 'DOWNSTREAM_SERVICE_ERROR';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** With any other code, an error of a subgraph is one that the front masks. Its text is kept, for the log. */
export function asSubgraphMaySay(error: GraphQLError, isOurs: boolean): GraphQLError {
  const { message, path, originalError, extensions } = error;
  const { code, id } = extensions;
  const telling = (told: string, shown: Record<string, unknown>): GraphQLError =>
    new GraphQLError(told, { path: path ?? null, originalError: originalError ?? null, extensions: shown });
  if (isOurs && OF_OURS.has(code)) return error;
  if (code === 'INTERNAL_SERVER_ERROR' && typeof id === 'string' && UUID.test(id))
    return telling(message, { code, id });
  const words = typeof code === 'string' && Object.hasOwn(OF_ANY, code) ? OF_ANY[code] : undefined;
  return words && !isOurs ? telling(words, { code }) : telling(message, { code: MASKED });
}
