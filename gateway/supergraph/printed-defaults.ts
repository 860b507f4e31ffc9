/**
 * Introspection tells a default value as it would be written, and graphql-js cannot write an object of a scalar of the
 * schema's own (`scalar Json`, `filter: Json = {}`): all of the schema would come with an error. Here it is told as the
 * schema states it.
 */
import { __InputValue, astFromValue, type GraphQLArgument, type GraphQLInputField, print } from 'graphql';

/** Holds for the process: graphql-js has one type of arguments and input fields for all schemas. */
export function printDefaultsAsStated(): void {
  const { defaultValue } = __InputValue.getFields();
  if (defaultValue) defaultValue.resolve = printedDefault;
}

function printedDefault({ type, defaultValue, astNode }: GraphQLArgument | GraphQLInputField): string | null {
  try {
    const written = astFromValue(defaultValue, type);
    return written ? print(written) : null;
  } catch {
    return astNode?.defaultValue ? print(astNode.defaultValue) : null;
  }
}
