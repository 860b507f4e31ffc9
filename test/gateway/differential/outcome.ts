/** What a client gets, in the form in which two engines' answers are compared. */
import type { GraphQLError } from 'graphql';
import { OUTSIDE_CODES } from '../../../gateway/http/mask-errors.ts';

export interface Outcome {
  /** As JSON text: the order of keys counts. */
  data: string;
  /** `place: code`, sorted: neither the order of errors counts nor, where it is not the subgraph's, their text. */
  errors: readonly string[];
  /** What was changed, in order. */
  done: readonly string[];
}

interface Answered {
  data?: unknown;
  errors?: readonly Pick<GraphQLError, 'path' | 'extensions'>[] | undefined;
}

export const toOutcome = ({ data, errors = [] }: Answered, done: readonly string[]): Outcome => ({
  data: JSON.stringify(data) ?? 'none',
  errors: errors.map(({ path, extensions }) => `${JSON.stringify(path ?? null)}: ${codeOf(extensions)}`).sort(),
  done,
});

/** As a client is told it: of most only that they are internal. */
const codeOf = ({ code }: GraphQLError['extensions']): string =>
  typeof code === 'string' && OUTSIDE_CODES.has(code) ? code : 'INTERNAL_SERVER_ERROR';

/** One sentence for each difference; none where the outcomes are the same. */
function differences(one: Outcome, other: Outcome): string[] {
  return [
    ...(one.data === other.data ? [] : [`Expected the data ${other.data}, and not ${one.data}.`]),
    ...missing(other.errors, one.errors).map((error) => `Expected the error ${error}.`),
    ...missing(one.errors, other.errors).map((error) => `Expected no error ${error}.`),
    ...(one.done.join() === other.done.join() ? [] : [`Expected the changes [${other.done}], and not [${one.done}].`]),
  ];
}

/**
 * Against the oracle of faults. It may have told an error at a list where the other has found its place in it: that is
 * no difference. Of a type's name, which is never null, there is nothing to tell.
 */
export function differencesFromOracle(answered: Outcome, told: Outcome): string[] {
  const [one, oracle] = [withoutTypeNames(answered), withoutTypeNames(told)];
  const [more, fewer] = [missing(one.errors, oracle.errors), missing(oracle.errors, one.errors)];
  const placed = more.filter((error) => fewer.some((coarse) => isBelow(error, coarse)));
  const unplaced = fewer.filter((coarse) => placed.some((error) => isBelow(error, coarse)));
  return differences(
    { ...one, errors: missing(one.errors, placed) },
    { ...oracle, errors: missing(oracle.errors, unplaced) },
  );
}

const withoutTypeNames = (outcome: Outcome): Outcome => ({
  ...outcome,
  errors: outcome.errors.filter((error) => pathOf(error).at(-1) !== '__typename'),
});

const isBelow = (error: string, coarse: string): boolean => {
  const [path, above] = [pathOf(error), pathOf(coarse)];
  return (
    codeIn(error) === codeIn(coarse) && path.length > above.length && above.every((key, index) => key === path[index])
  );
};

/** Of its errors. */
export const placesOf = ({ errors }: Outcome): string[] => errors.map((error) => JSON.stringify(pathOf(error))).sort();

const pathOf = (error: string): (string | number)[] => JSON.parse(error.slice(0, error.lastIndexOf(': '))) ?? [];
const codeIn = (error: string): string => error.slice(error.lastIndexOf(': '));

/** Items of `these` beyond those of `others`, as often as they are missing there. */
function missing(these: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return these.filter((each) => {
    const index = left.indexOf(each);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/**
 * Against the whole: its data and changes, and an error for each null that it has one for. Which of several errors under
 * one null is told is free (GraphQL specification, 6.4.4), and the codes of its own the whole does not know.
 */
export function differencesFromWhole(one: Outcome, whole: Outcome): string[] {
  const [explained, expected] = [explainedNulls(one), explainedNulls(whole)];
  return [
    ...differences(
      { ...one, errors: [] },
      { ...whole, errors: [], done: isCancelled(one, whole) ? one.done : whole.done },
    ),
    ...missing(expected, explained).map((place) => `Expected the null at ${place} to be explained.`),
    ...missing(explained, expected).map((place) => `Expected no error that explains ${place}.`),
  ];
}

/** What comes after a mutation's field that took all of the answer with it may be run, and may be left. */
const isCancelled = (one: Outcome, whole: Outcome): boolean =>
  whole.data === 'null' && whole.done.every((each, index) => each === one.done[index]);

/** The places of null to which errors' paths lead, each once. */
function explainedNulls({ data, errors }: Outcome): string[] {
  const root: unknown = JSON.parse(data === 'none' ? 'null' : data);
  const places = errors.map((error) => nullOn(root, pathOf(error)));
  return [...new Set(places)];
}

function nullOn(root: unknown, path: readonly (string | number)[]): string {
  let value = root;
  for (const [index, key] of path.entries()) {
    if (typeof value !== 'object' || value === null) return JSON.stringify(path.slice(0, index));
    value = Object.hasOwn(value, key) ? (value as Record<string | number, unknown>)[key] : undefined;
  }
  return JSON.stringify(path);
}
