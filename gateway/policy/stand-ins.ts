/**
 * What an operation is completed by, where an interface has no type behind it in the whole graph, since the subgraph that
 * knows it as an object is the only one that answers it: graphql-js completes objects alone, so one stands in for it.
 */
import { GraphQLObjectType, GraphQLSchema, isInterfaceType } from 'graphql';

/** By the interfaces that some subgraph knows as an object type. The schema itself where none of them needs one. */
export function withStandIns(schema: GraphQLSchema, interfaceObjects: ReadonlySet<string>): GraphQLSchema {
  const empty = [...interfaceObjects]
    .map((name) => schema.getType(name))
    .filter((type) => isInterfaceType(type))
    .filter((type) => schema.getPossibleTypes(type).length === 0);
  if (empty.length === 0) return schema;
  const taken = Object.keys(schema.getTypeMap());
  let suffix = '_stand_in';
  while (taken.some((name) => name.endsWith(suffix))) suffix += '_';
  const config = schema.toConfig();
  const standIns = empty.map((type) => {
    const { name, fields } = type.toConfig();
    return new GraphQLObjectType({ name: name + suffix, fields, interfaces: [type, ...type.getInterfaces()] });
  });
  return new GraphQLSchema({ ...config, types: [...config.types, ...standIns] });
}
