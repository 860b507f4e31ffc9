/**
 * A value without what the schema keeps from clients: null stands for an enum value or an object of a type that is
 * `@inaccessible`, without an error, since the subgraph did nothing wrong.
 */
import { type GraphQLOutputType, getNamedType, isAbstractType, isEnumType } from 'graphql';

export function accessibleValue(value: unknown, type: GraphQLOutputType, inaccessible: ReadonlySet<string>): unknown {
  const named = getNamedType(type);
  if (inaccessible.size === 0 || !(isEnumType(named) || isAbstractType(named))) return value;
  const isHidden = (item: unknown): boolean =>
    isEnumType(named)
      ? typeof item === 'string' && inaccessible.has(`${named.name}.${item}`)
      : inaccessible.has(typeNameIn(item));
  return withoutItems(value, isHidden);
}

/**
 * Null for an object of which no subgraph said more than that it is of an interface: the one that knows the types behind
 * it does not know this object.
 */
export const knownObject = (value: unknown, interfaceObjects: ReadonlySet<string>): unknown =>
  withoutItems(value, (item) => interfaceObjects.has(typeNameIn(item)));

const withoutItems = (value: unknown, isHidden: (item: unknown) => boolean): unknown =>
  Array.isArray(value) ? value.map((item) => withoutItems(item, isHidden)) : isHidden(value) ? null : value;

const typeNameIn = (item: unknown): string => String((item as { __typename?: unknown } | null)?.__typename);
