/** The allow-list of what an error may say outside: refusals of ours, and GraphQL's own about the request. */
import { randomUUID } from 'node:crypto';
import { OptimisticLockError } from '@mikro-orm/core';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { Refused } from '../errors.ts';

export type ReportError = (id: string, error: unknown) => void;

export function maskError(error: unknown, report: ReportError): GraphQLFormattedError {
  const cause = error instanceof GraphQLError && error.originalError ? error.originalError : error;
  const path = error instanceof GraphQLError && error.path ? { path: error.path } : {};
  if (cause instanceof Refused)
    return { message: cause.message, ...path, extensions: { code: cause.code, ...cause.extensions } };
  if (cause instanceof OptimisticLockError || isLostRace(cause))
    return {
      message: 'Somebody changed it at the same time: read it again, then change it.',
      ...path,
      extensions: { code: 'CONFLICT' },
    };
  // one without a place is about the request; one at a place may have been made of a stored value, unless it says its code
  if (cause instanceof GraphQLError && (!('path' in path) || cause.extensions.code === 'BAD_USER_INPUT'))
    return {
      message: cause.message,
      ...path,
      extensions: { code: cause.extensions.code ?? 'GRAPHQL_VALIDATION_FAILED' },
    };
  const id = randomUUID();
  report(id, cause);
  return { message: 'Internal error', ...path, extensions: { code: 'INTERNAL_SERVER_ERROR', id } };
}

/** PostgreSQL ended one of two transactions that stood in each other's way: a deadlock, or a serialization failure. */
const isLostRace = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && (cause.code === '40P01' || cause.code === '40001');
