/**
 * What an error may say to a client: an allow-list of codes. The rest is "Internal error" with an id that the log has.
 * Subgraph names, addresses, stacks and texts of libraries stay inside.
 */
import { randomUUID } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';

const OUTSIDE_CODES: ReadonlySet<unknown> = new Set([
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'CONFLICT',
  'FORBIDDEN',
  'GRANT_REFUSED',
  'GRANT_REQUIRED',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'GUEST_FIELD_VIEW_ONLY',
  'NOT_FOUND',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'UNAUTHENTICATED',
  'UNAUTHORIZED_FIELD_OR_TYPE',
]);

/** Extensions that say more about a code of the list, and the id under which the log has an internal error. */
const OUTSIDE_EXTENSIONS = ['code', 'fields', 'id'] as const;

export type ReportError = (id: string, error: unknown) => void;

export const createErrorMask =
  (report: ReportError) =>
  (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path, extensions = {} } = formatted;
    const place = { ...(locations && { locations }), ...(path && { path }) };
    if (OUTSIDE_CODES.has(extensions.code)) return { message, ...place, extensions: shown(extensions) };
    const id = typeof extensions.id === 'string' ? extensions.id : randomUUID();
    if (id !== extensions.id) report(id, error);
    return { message: 'Internal error', ...place, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
  };

const shown = (extensions: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(OUTSIDE_EXTENSIONS.filter((name) => name in extensions).map((name) => [name, extensions[name]]));
