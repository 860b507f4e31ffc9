/**
 * Where in an answer a call to a subgraph was for, so that its errors are told there. The stock executor counts entities
 * where it should count representations, and leaves errors without a place without one.
 */
import type { DocumentNode, GraphQLError } from 'graphql';
import { fewPlaces } from './few-places.ts';
import { createPlacedErrors, type Path } from './placed-errors.ts';
import { rootKeysOf } from './root-keys.ts';
import type { SubgraphError } from './subgraph-answer.ts';

/** One call of a plan, and what the subgraph said went wrong. */
export interface ToldCall {
  subgraph: string;
  document: DocumentNode;
  variables: Readonly<Record<string, unknown>>;
  /** From the answer's root; `@` stands for every item of a list. */
  path: Path;
  errors: readonly SubgraphError[];
}

/** At its places in the answer; an error without one, which is about the whole call, where the call was for. */
export function placedErrors(data: unknown, calls: readonly ToldCall[]): GraphQLError[] {
  const placed = createPlacedErrors();
  for (const call of calls) {
    const places = placesOf(data, call);
    const ofAll = fewPlaces(places);
    for (const error of call.errors)
      for (const path of pathsOf(error, call, places) ?? ofAll) placed.add(path, error, call.subgraph);
  }
  return placed.list();
}

/**
 * A subgraph's own path begins at its root; that of an entity with `_entities` and the number of its representation.
 * Null of an error that is about the whole call.
 */
function pathsOf(
  { path }: SubgraphError,
  { path: start, variables }: ToldCall,
  places: readonly Path[],
): Path[] | null {
  const representations = representationsIn(variables);
  if (!representations) return path ? [[...start, ...path]] : null;
  const [root, index, ...rest] = path ?? [];
  if (root !== '_entities' || typeof index !== 'number') return null;
  const place = places.length === representations.length ? places[index] : undefined;
  return [place ? [...place, ...rest] : start];
}

/** Of an entity call one for each representation, in their order; of another its root fields. */
function placesOf(data: unknown, call: ToldCall): Path[] {
  const found = expand(data, call.path);
  const representations = representationsIn(call.variables);
  if (!representations)
    return found.flatMap(({ path }) => rootKeysOf(call.document, call.variables).map((key) => [...path, key]));
  const types = new Set(representations.map(({ __typename }) => __typename));
  const ofTypes = found.filter(({ value: { __typename: type } }) => typeof type !== 'string' || types.has(type));
  const isRenamed = ofTypes.length < representations.length;
  return (isRenamed ? found : ofTypes).map(({ path }) => path);
}

const representationsIn = ({ representations }: ToldCall['variables']): { __typename: unknown }[] | null =>
  Array.isArray(representations) ? (representations as { __typename: unknown }[]) : null;

interface Place {
  path: Path;
  value: Readonly<Record<string, unknown>>;
}

/** The objects at a path with `@` in it. */
function expand(value: unknown, [key, ...rest]: Path, path: Path = []): Place[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) {
    const inner = key === undefined || key === '@' ? rest : [key, ...rest];
    return value.flatMap((item, index) => expand(item, inner, [...path, index]));
  }
  const object = value as Readonly<Record<string, unknown>>;
  if (key === undefined) return [{ path, value: object }];
  return Object.hasOwn(object, key) ? expand(object[key], rest, [...path, key]) : [];
}
