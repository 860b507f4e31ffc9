/**
 * Where errors happened, in the client's own terms. A planner fetches more than was asked (keys, `@requires`), and an
 * error there names fields that the client cannot see: it is told at the nearest place that the client asked for.
 */
import { GraphQLError } from 'graphql';
import { type AskedOperation, createAskedPlaceOf, type Path } from './asked-places.ts';

/** What a subgraph says of a guest field that came without its grant. */
const LACKS_GRANT = 'GRANT_REFUSED';

/** The errors of a planned operation, at the client's places; without those that only follow from another, or are nobody's. */
export function atClientPlaces(asked: AskedOperation, errors: readonly GraphQLError[]): GraphQLError[] {
  const placeOf = createAskedPlaceOf(asked);
  const placed = errors.map((error) => ({ error, ...placeOf(error.path) })).filter(({ isNobodys }) => !isNobodys);
  const isLacking = ({ error }: (typeof placed)[number]) => error.extensions.code === LACKS_GRANT;
  const causes = placed.filter((each) => each.wasUnasked && !isLacking(each));
  return placed
    .filter((each) => !isLacking(each) || !causes.some(({ path }) => isPrefix(path ?? [], each.path ?? [])))
    .map(({ error: { message, extensions, originalError }, path }) => {
      return new GraphQLError(message, { path, extensions, originalError: originalError ?? null });
    });
}

/**
 * A null that is explained already, at its own place, above or below it, is not explained again; nor is one that a
 * neighbour's has taken with it: `reachOf` says how far up a null goes. An error without a place (a call that was refused
 * as a whole) is about all of the answer.
 */
export const notYetTold = (
  more: readonly GraphQLError[],
  told: readonly GraphQLError[],
  reachOf: (path: Path) => Path,
): GraphQLError[] =>
  more.filter(
    ({ path = [] }) =>
      !told.some((each) => isPrefix(path, each.path ?? []) || isPrefix(reachOf(each.path ?? []), path)),
  );

const isPrefix = (start: Path, path: Path): boolean => start.every((key, index) => key === path[index]);
