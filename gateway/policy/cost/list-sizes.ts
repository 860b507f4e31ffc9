/** How long the list of a field may be, by what `@listSize` says of it and what the operation gives. */
import { GraphQLError } from 'graphql';
import { LIMIT_CODES } from '../limits/limits.ts';
import type { ListSize } from './cost-rules.ts';
import type { GivenValue } from './given-value.ts';
import { MOST_COST, type Term, type Variables } from './terms.ts';

export interface SizeOptions {
  /** What a list is taken to hold where nothing says it. */
  assumed: number;
  /** Whether `requireOneSlicingArgument` refuses an operation, or is only looked at. */
  refuses: boolean;
}

/** `coordinate`: the field's. Throws GraphQLError where one slicing argument is required, and none or several given. */
export function listSizeTerm(
  coordinate: string,
  { slicingArguments, assumedSize, requiresOne }: ListSize,
  given: ReadonlyMap<string, GivenValue>,
  { assumed, refuses }: SizeOptions,
): Term {
  const slices = slicingArguments.map(([argument = '', ...path]) => ({ value: given.get(argument), path }));
  const size = (variables: Variables): number => {
    const sizes = slices
      .map(({ value, path }) => sizeIn(value?.known === false ? value.value(variables) : value?.value, path))
      .filter((each) => each !== null);
    if (refuses && requiresOne && slices.length > 0 && sizes.length !== 1)
      throw notOneSlice(coordinate, slicingArguments);
    return sizes.length > 0 ? Math.max(...sizes) : (assumedSize ?? assumed);
  };
  if (slices.every(({ value }) => value?.known !== false)) return size({});
  const known = slices.map(({ value, path }) => (value?.known ? sizeIn(value.value, path) : null));
  return { of: size, least: Math.max(0, ...known.filter((each) => each !== null)) };
}

/** A number is a size, a list its own length; null for anything else. */
function sizeIn(value: unknown, path: readonly string[]): number | null {
  const [name, ...rest] = path;
  if (name !== undefined)
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? sizeIn((value as Record<string, unknown>)[name], rest)
      : null;
  if (Array.isArray(value)) return value.length;
  if (typeof value !== 'number' || Number.isNaN(value)) return null;
  return Math.min(Math.max(value, 0), MOST_COST);
}

const notOneSlice = (coordinate: string, slicingArguments: ListSize['slicingArguments']): GraphQLError => {
  const names = slicingArguments.map((path) => `"${path.join('.')}"`).join(', ');
  return new GraphQLError(`${coordinate}: expected exactly one of ${names}, by which its cost is known.`, {
    extensions: { code: LIMIT_CODES.cost },
  });
};
