/**
 * What an error may say to a client: an allow-list of codes. The rest is "Internal error" with an id that the log has.
 * Subgraph names, addresses, stacks and texts of libraries stay inside.
 */
import { randomUUID } from 'node:crypto';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { LIMIT_CODES } from '../policy/limits/limits.ts';
import { THROTTLE_CODES } from '../policy/throttles/throttled.ts';
import { isServersBadRequest, toldBadRequest } from './bad-requests.ts';
import { toldSyntaxError } from './syntax-errors.ts';

export const OUTSIDE_CODES: ReadonlySet<string> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CANNOT_SEND_PQ_ID_AND_BODY',
  'CONFLICT',
  'FORBIDDEN',
  'GRANT_REFUSED',
  'GRANT_REQUIRED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'GUEST_FIELD_VIEW_ONLY',
  'INTROSPECTION_DISABLED',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_ID_REQUIRED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'QUERY_NOT_IN_SAFELIST',
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
  ...Object.values(LIMIT_CODES),
  ...Object.values(THROTTLE_CODES),
]);

/** Extensions that say more about a code of the list, and the id under which the log has an internal error. */
const OUTSIDE_EXTENSIONS = ['code', 'fields', 'id', 'paths'] as const;

export type ReportError = (id: string, error: unknown) => void;

export type ErrorMask = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

export const createErrorMask =
  (report: ReportError): ErrorMask =>
  (formatted, error) => {
    const { message, locations, path } = formatted;
    const extensions = ownExtensions(formatted, error);
    const place = { ...(locations && { locations }), ...(path && { path }) };
    if (extensions.code === 'GRAPHQL_PARSE_FAILED') return toldSyntaxError(formatted);
    if (isServersBadRequest(error)) return toldBadRequest(formatted);
    if (typeof extensions.code === 'string' && OUTSIDE_CODES.has(extensions.code))
      return { message: withoutSuggestion(message), ...place, extensions: shown(extensions) };
    const id = typeof extensions.id === 'string' ? extensions.id : randomUUID();
    if (id !== extensions.id) report(id, error);
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
  };

/** Apollo Server puts a code of its own over ours where it finds no operation to run, whatever else was wrong. */
function ownExtensions({ extensions = {} }: GraphQLFormattedError, error: unknown): Record<string, unknown> {
  if (extensions.code !== 'OPERATION_RESOLUTION_FAILURE' || !(error instanceof GraphQLError)) return extensions;
  return { ...extensions, ...(error.originalError instanceof GraphQLError && error.originalError.extensions) };
}

/** Names of the schema that the client did not write. */
const withoutSuggestion = (message: string): string => message.replace(/ ?Did you mean [^?]*\?/, '');

const shown = (extensions: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(OUTSIDE_EXTENSIONS.filter((name) => name in extensions).map((name) => [name, extensions[name]]));
