/** Makes a valid operation of choices, over any schema. */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
} from 'graphql';
import { createRandom } from '../../../attack/random.ts';
import type { AskedOperation } from '../open-world.ts';
import type { OperationChoices } from './choices.ts';
import { withoutConflicts } from './without-conflicts.ts';
import { createSelectionWriter } from './write-selections.ts';
import { createValueWriter } from './write-values.ts';

interface Wanted {
  /** What arguments of the type ID are given. */
  ids: readonly string[];
  onlyQueries: boolean;
}

export function writeOperation(
  schema: GraphQLSchema,
  { kind, selections }: OperationChoices,
  { ids, onlyQueries }: Wanted,
): AskedOperation {
  const random = createRandom(kind, 'operation', 0);
  const mutation = !onlyQueries && kind > 0 && random.chance(0.5) ? schema.getMutationType() : null;
  const root = (mutation ?? schema.getQueryType()) as GraphQLCompositeType;
  const values = createValueWriter(ids);
  const writer = createSelectionWriter(schema, values);
  const selectionSet = writer.selectionSet(root, selections);
  const name = kind > 0 && random.chance(0.7) ? 'Generated' : undefined;
  const operation: OperationDefinitionNode = {
    kind: Kind.OPERATION_DEFINITION,
    operation: mutation ? OperationTypeNode.MUTATION : OperationTypeNode.QUERY,
    ...(name && { name: { kind: Kind.NAME, value: name } }),
    variableDefinitions: values.definitions(),
    selectionSet,
  };
  const others = name && random.chance(0.4) ? [OTHER] : [];
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [...others, operation, ...writer.fragments()] };
  return {
    query: print(withoutConflicts(schema, document)),
    ...(name && { operationName: name }),
    variables: values.variables(),
  };
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** Stands beside the one that is run. */
const OTHER: OperationDefinitionNode = {
  kind: Kind.OPERATION_DEFINITION,
  operation: OperationTypeNode.QUERY,
  name: { kind: Kind.NAME, value: 'Other' },
  selectionSet: { kind: Kind.SELECTION_SET, selections: [TYPENAME] },
};
