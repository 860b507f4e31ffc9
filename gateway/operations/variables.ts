/**
 * Coerces an operation's variables. graphql-js puts the value that was sent into its messages; a pupil's number must not
 * come back in an error, so these say which place and what was expected, and no more.
 */
import {
  coerceInputValue,
  GraphQLError,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInputType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  print,
  typeFromAST,
  valueFromAST,
} from 'graphql';

/**
 * Throws a GraphQLError with code BAD_USER_INPUT for the first variable that is not of its type. What is expected inside
 * of one is told to who sees the schema; its own type stands in the operation.
 */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  seesSchema: boolean,
): Record<string, unknown> {
  // no prototype: a client may name a variable __proto__
  const coerced: Record<string, unknown> = Object.create(null);
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    if (!type || !isInputType(type)) throw refused(name, [], print(definition.type));
    if (!Object.hasOwn(given, name) || given[name] === undefined) {
      if (definition.defaultValue) coerced[name] = valueFromAST(definition.defaultValue, type);
      else if (isNonNullType(type)) throw refused(name, [], `${type}, which must be given`);
      continue;
    }
    coerced[name] = coerceInputValue(given[name], type, (path) => {
      const isNamed = seesSchema || path.length === 0;
      throw refused(name, path, isNamed ? String(typeAt(type, path)) : 'another value');
    });
  }
  return coerced;
}

function refused(name: string, path: readonly (string | number)[], expected: string): GraphQLError {
  const place = path.length > 0 ? ` at "${path.join('.')}"` : '';
  return new GraphQLError(`Variable "$${name}"${place} is not valid: expected ${expected}.`, {
    extensions: { code: 'BAD_USER_INPUT' },
  });
}

/** The type of a place inside a value; the last one known where the place is no field of it. */
function typeAt(type: GraphQLInputType, path: readonly (string | number)[]): GraphQLInputType {
  const [key, ...rest] = path;
  if (key === undefined) return type;
  if (isNonNullType(type)) return typeAt(type.ofType, path);
  if (isListType(type)) return typeAt(type.ofType, typeof key === 'number' ? rest : path);
  const field = isInputObjectType(type) ? type.getFields()[key] : undefined;
  return field ? typeAt(field.type, rest) : type;
}
