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
      : inaccessible.has(String((item as { __typename?: unknown } | null)?.__typename));
  const shown = (item: unknown): unknown => (Array.isArray(item) ? item.map(shown) : isHidden(item) ? null : item);
  return shown(value);
}
