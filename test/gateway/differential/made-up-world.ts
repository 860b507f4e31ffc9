/**
 * A world made up for subgraphs that have none here: three things of each type with a key, and of each field a value that
 * follows from the thing, the field and its arguments alone. So it is the same whichever subgraph is asked, and planning
 * and merging are tried on a graph of any size without its databases.
 */
import { createHash } from 'node:crypto';
import {
  buildSchema,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
} from 'graphql';
import { compose } from '../../../schema/compose.ts';
import { subgraphSchemas } from '../../../schema/subgraph-schemas.ts';
import { callerWith } from '../small-graph.ts';
import type { Fields, ResolveField, Source, Thing, World, WorldSubgraph } from './world.ts';

const THINGS_OF_TYPE = 3;
const LONGEST_LIST = 3;

/** The project's own graph. */
export function schoolgraph(): World {
  const subgraphs = subgraphSchemas().map(({ name, sdl }) => ({ name, typeDefs: sdl, hasOwnLinks: true }));
  const scopes = subgraphs.flatMap(({ typeDefs }) => typeDefs.match(/"[a-z]+:[a-z]+"/g) ?? []);
  return {
    ...madeUpWorld('schoolgraph', subgraphs),
    onlyQueries: true,
    caller: callerWith(...new Set(scopes.map((scope) => scope.slice(1, -1)))),
  };
}

function madeUpWorld(name: string, subgraphs: readonly WorldSubgraph[]): World {
  const { api } = compose(subgraphs.map(({ name: each, typeDefs }) => ({ name: each, sdl: typeDefs })));
  const schema = buildSchema(api, { assumeValid: true });
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const keyed = new Map(keysIn(subgraphs).map(([type, keys]) => [type, thingsOf(type, keys)]));
  const make = createMake(schema, keyed);
  const fields: Fields = Object.fromEntries(
    types
      .filter((type) => !type.name.startsWith('__'))
      .map((type) => [type.name, resolversOf(type, keyed.get(type.name)?.[0], make)]),
  );
  return {
    name,
    trap: 'a graph of real size, with all that it uses',
    things: [...keyed.values()].flat(),
    fields,
    subgraphs,
  };
}

/** Each type that has keys, with the fields of all of them. */
function keysIn(subgraphs: readonly WorldSubgraph[]): [type: string, keys: string[]][] {
  const keys = new Map<string, Set<string>>();
  for (const { typeDefs } of subgraphs)
    for (const [, type = '', directives = ''] of typeDefs.matchAll(/^(?:extend )?type (\w+)([^{]*)\{/gm))
      for (const [, fields = ''] of directives.matchAll(/@key\(fields: "([\w ]+)"/g))
        for (const field of fields.split(' ')) keys.set(type, (keys.get(type) ?? new Set()).add(field));
  return [...keys].map(([type, names]) => [type, [...names]]);
}

const thingsOf = (type: string, keys: readonly string[]): Thing[] =>
  Array.from({ length: THINGS_OF_TYPE }, (_, index) => ({
    __typename: type,
    ...Object.fromEntries(keys.map((key) => [key, `${type}-${key}-${index}`])),
  }));

type Make = (type: GraphQLOutputType, seed: string) => unknown;

/** What is a thing's own, its keys, is read from it. */
const resolversOf = (type: GraphQLObjectType, thing: Thing | undefined, make: Make): Record<string, ResolveField> =>
  Object.fromEntries(
    Object.values(type.getFields()).map((field) => [
      field.name,
      (source: Source, args: Source) =>
        thing && Object.hasOwn(thing, field.name)
          ? source[field.name]
          : make(field.type, [type.name, identityOf(source, thing), field.name, JSON.stringify(args)].join('/')),
    ]),
  );

/** Its keys, and not what it was lent besides; a value of no key says of what it is. */
const identityOf = (source: Source, thing: Thing = { __typename: '', of: '' }): string =>
  JSON.stringify(Object.keys(thing).map((key) => source[key]));

function createMake(schema: GraphQLSchema, keyed: ReadonlyMap<string, readonly Thing[]>): Make {
  const make: Make = (type, seed) => {
    const number = createHash('sha256').update(seed).digest().readUInt32LE(0);
    if (isNonNullType(type)) return make(type.ofType, seed) ?? make(type.ofType, `${seed}!`);
    if (number % 5 === 0) return null;
    if (!isListType(type)) return single(getNamedType(type), number, seed);
    return Array.from({ length: number % (LONGEST_LIST + 1) }, (_, index) => make(type.ofType, `${seed}/${index}`));
  };
  const single = (type: GraphQLNamedType, number: number, seed: string): unknown => {
    if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.name;
    if (isScalarType(type)) return SCALARS[type.name]?.(number) ?? `${type.name} ${number % 1_000}`;
    if (isAbstractType(type)) {
      const possible = schema.getPossibleTypes(type);
      return single(possible[number % possible.length] as GraphQLObjectType, number, seed);
    }
    return keyed.get(type.name)?.[number % THINGS_OF_TYPE] ?? { __typename: type.name, of: seed };
  };
  return make;
}

const SCALARS: Readonly<Record<string, (number: number) => unknown>> = {
  Int: (number) => number % 1_000,
  Float: (number) => (number % 1_000) / 8,
  Boolean: (number) => number % 2 === 0,
};
