/** A leaf of an answer as clients get it. */
import { type GraphQLLeafType, type GraphQLOutputType, getNullableType, isEnumType } from 'graphql';

/** As its serialisation leaves it; what that would change or refuse is given up. */
export function shownLeaf(
  type: GraphQLLeafType,
  inaccessible: ReadonlySet<string>,
  givenUp: symbol,
): (value: unknown) => unknown {
  if (isEnumType(type)) {
    const names = new Set(type.getValues().map(({ name }) => name));
    for (const name of names) if (inaccessible.has(`${type.name}.${name}`)) names.delete(name);
    return (value) => (names.has(value as string) ? value : givenUp);
  }
  const is = BUILT_IN[type.name];
  if (is) return (value) => (is(value) ? value : givenUp);
  return (value) => {
    try {
      return type.serialize(value) ?? givenUp;
    } catch {
      return givenUp;
    }
  };
}

/** https://spec.graphql.org/October2021/#sec-Scalars.Built-in-Scalars */
const BUILT_IN: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
};

/** Of which `typeof` every value of a type is shown as it is; null where it must be looked at. */
export function shownAsItIs(type: GraphQLOutputType): 'string' | 'boolean' | null {
  const { name } = getNullableType(type) as { name?: string };
  return name === 'String' || name === 'ID' ? 'string' : name === 'Boolean' ? 'boolean' : null;
}
