/** A text that is to be one operation with its fragments. */
import { type DocumentNode, GraphQLError, Kind, type OperationDefinitionNode, parse, type Source } from 'graphql';

/** The error where it is no GraphQL. */
export function parsedText(text: string | Source): DocumentNode | GraphQLError {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** As a sentence has it, with the space before; nothing where an error has none. */
export const placeOf = ({ locations }: GraphQLError): string =>
  locations?.[0] ? ` (line ${locations[0].line}, column ${locations[0].column})` : '';

/** Null where there is another number of operations than one, or a definition of a schema. */
export function onlyOperationOf({ definitions }: DocumentNode): OperationDefinitionNode | null {
  const operations = definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  const others = definitions.filter(
    ({ kind }) => kind !== Kind.OPERATION_DEFINITION && kind !== Kind.FRAGMENT_DEFINITION,
  );
  return operations.length === 1 && others.length === 0 ? (operations[0] ?? null) : null;
}
