/**
 * What becomes of an operation that asks for what its caller may not read, as Apollo Router has it:
 * https://www.apollographql.com/docs/graphos/routing/security/authorization
 */
import { GraphQLError } from 'graphql';
import type { RestrictedOperation } from './authorisation.ts';

/**
 * `filter`: it is left out, and the rest is answered. `reject`: the operation is refused whole. `dry-run`: nothing is left
 * out, and what would be is told of, to try rules on a graph that has done without.
 */
export const AUTHORISATION_MODES = ['filter', 'reject', 'dry-run'] as const;

export type AuthorisationMode = (typeof AUTHORISATION_MODES)[number];

export interface AuthorisedOperation {
  /** What is run. */
  restricted: RestrictedOperation;
  /** Where it is not null, nothing is run, and this is the answer. */
  refusal: GraphQLError | null;
  /** What a dry run would have left out. */
  dryRun: Pick<RestrictedOperation, 'errors' | 'leftOut'>;
}

const NOTHING: AuthorisedOperation['dryRun'] = { errors: [], leftOut: [] };

/** `whole`: the operation as its client wrote it. `restricted`: without what its caller may not read. */
export function authorised(
  mode: AuthorisationMode,
  whole: Pick<RestrictedOperation, 'document' | 'operation'>,
  restricted: RestrictedOperation,
): AuthorisedOperation {
  if (mode === 'dry-run')
    return { restricted: { ...whole, ...NOTHING, isLeftOut: () => false }, refusal: null, dryRun: restricted };
  const isRefused = mode === 'reject' && restricted.errors.length > 0;
  return { restricted, refusal: isRefused ? refusalOf(restricted) : null, dryRun: NOTHING };
}

/** Sentences for the person who started it. */
export const modeNotes = ({ authorisation }: { authorisation: AuthorisationMode }): string[] =>
  authorisation === 'dry-run'
    ? ['AUTHORISATION is dry-run: what callers may not read is told of, and nothing is left out of what they ask for.']
    : [];

/** One error for all places. */
const refusalOf = ({ errors }: RestrictedOperation): GraphQLError =>
  new GraphQLError('The operation asks for fields or types that the caller may not read, and was not run.', {
    extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', paths: errors.map(({ path }) => path) },
  });
