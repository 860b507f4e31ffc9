/**
 * The answer by the specification: one plain schema, what clients see of the world's supergraph, over the same things,
 * run by graphql-js. It fetches nothing, so it cannot get wrong what engines get wrong.
 */
import {
  type DocumentNode,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
} from 'graphql';
import { failing } from './failing-fields.ts';
import { WRONG } from './faults.ts';
import { namesOf, type RunContext } from './subgraph-of-world.ts';
import { fieldOf, type Source, type Thing, type World } from './world.ts';

interface WholeRequest {
  document: DocumentNode;
  operationName: string | undefined;
  variables: Readonly<Record<string, unknown>>;
}

export function createWhole(world: World, apiSchema: GraphQLSchema) {
  const fieldResolver: GraphQLFieldResolver<Source, RunContext> = (source, args, context, info) => {
    const { parentType, fieldName, returnType } = info;
    const names = namesOf(parentType, apiSchema);
    const resolve = fieldOf(world.whole ?? {}, names, fieldName) ?? fieldOf(world.fields, names, fieldName);
    const value = failing(context, names, fieldName, source, () =>
      resolve ? resolve(source, args, context) : source[fieldName],
    );
    const wrong = context.faults.find((fault) => fault.kind === 'wrong' && fault.field === fieldName);
    if (wrong?.kind === 'wrong' && value !== null && value !== undefined) return WRONG[wrong.value];
    return accessible(value, apiSchema, getNamedType(returnType).name);
  };
  return ({ document, operationName, variables }: WholeRequest, context: RunContext) =>
    execute({
      schema: apiSchema,
      document,
      operationName: operationName ?? null,
      variableValues: variables,
      rootValue: {},
      contextValue: context,
      fieldResolver,
      typeResolver: (value) => (value as Thing).__typename,
    });
}

/** Null for objects and enum values that the API schema does not have. */
function accessible(value: unknown, schema: GraphQLSchema, typeName: string): unknown {
  if (Array.isArray(value)) return value.map((item) => accessible(item, schema, typeName));
  const type = schema.getType(typeName);
  if (isEnumType(type)) return typeof value === 'string' && !type.getValue(value) ? null : value;
  const own = typeof value === 'object' && value !== null ? (value as Thing).__typename : undefined;
  return own !== undefined && !schema.getType(own) ? null : value;
}
