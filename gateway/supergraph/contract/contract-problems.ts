/** What does not hold of a contract as a whole: holes in what implements an interface, defaults of what is not in it. */
import {
  astFromValue,
  type ConstValueNode,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
} from 'graphql';
import { argumentPlace, type Places } from './tags.ts';

export function implementationProblems(schema: GraphQLSchema, places: Places): string[] {
  const problems: string[] = [];
  const expect = (place: string, by: string): void => {
    if (places.has(by) && !places.has(place))
      problems.push(`${by} is tagged, and ${place}, which implements it, is not.`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (!places.has(type.name) || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const from of type.getInterfaces().filter(({ name }) => places.has(name)))
      for (const field of Object.values(from.getFields())) {
        const [own, its] = [`${type.name}.${field.name}`, `${from.name}.${field.name}`];
        expect(own, its);
        for (const { name } of field.args) expect(argumentPlace(own, name), argumentPlace(its, name));
      }
  }
  return problems;
}

interface WithDefault {
  name: string;
  type: GraphQLInputType;
  defaultValue?: unknown;
}

export function defaultProblems(schema: GraphQLSchema, places: Places): string[] {
  const problems: string[] = [];
  const check = (place: string, { type, defaultValue }: WithDefault): void => {
    const value = places.has(place) && defaultValue !== undefined ? astFromValue(defaultValue, type) : null;
    for (const missing of value ? missingIn(value as ConstValueNode, type, places) : [])
      problems.push(`${place} has a default with ${missing} in it, which is not tagged.`);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
    if (isObjectType(type) || isInterfaceType(type))
      for (const field of Object.values(type.getFields()))
        for (const argument of field.args) check(argumentPlace(`${type.name}.${field.name}`, argument.name), argument);
  }
  return problems;
}

/** The enum values and input fields of a value that are not in the contract. */
function missingIn(value: ConstValueNode, type: GraphQLInputType, places: Places): string[] {
  const named = getNamedType(type);
  if (value.kind === Kind.LIST) return value.values.flatMap((item) => missingIn(item, type, places));
  if (value.kind === Kind.ENUM && isEnumType(named))
    return places.has(`${named.name}.${value.value}`) ? [] : [`${named.name}.${value.value}`];
  if (value.kind !== Kind.OBJECT || !isInputObjectType(named)) return [];
  return value.fields.flatMap(({ name, value: inner }) => {
    const field = named.getFields()[name.value];
    const place = `${named.name}.${name.value}`;
    return places.has(place) && field ? missingIn(inner, field.type, places) : [place];
  });
}
