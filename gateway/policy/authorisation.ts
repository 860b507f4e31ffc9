/**
 * Leaves out of an operation what its caller may not read, before anything is planned: the fields answer null, and each
 * is named in an error, as Apollo Router does it (`UNAUTHORIZED_FIELD_OR_TYPE`). No subgraph is asked for them.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isListType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { Verdicts } from './authorisation-shape.ts';
import type { ScopeRules } from './scope-rules.ts';

export interface RestrictedOperation {
  /** The one operation and its fragments, without the fields that were left out. */
  document: DocumentNode;
  operation: OperationDefinitionNode;
  /** One error for each place of the operation that was left out; `@` stands for every item of a list. */
  errors: readonly GraphQLError[];
  /** The fields that were left out, by their place in the schema (`GuestProfile.upn`), each once. */
  leftOut: readonly string[];
  isLeftOut(typeName: string, fieldName: string): boolean;
}

/** Throws GraphQLError where the document has no such operation. */
export function restrict(
  schema: GraphQLSchema,
  rules: ScopeRules,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  verdicts: Verdicts,
): RestrictedOperation {
  const isLeftOut = (typeName: string, fieldName: string) => !verdicts.isMet(rules.requirementOf(typeName, fieldName));
  const own = onlyOperation(document, operation);
  const { paths, coordinates } = placesLeftOut(schema, own, operation, isLeftOut);
  const restricted = paths.length === 0 ? own : without(schema, own, isLeftOut);
  return {
    document: restricted,
    operation: operationOf(restricted),
    errors: paths.map((path) => unauthorised(path)),
    leftOut: coordinates,
    isLeftOut,
  };
}

const unauthorised = (path: readonly string[]): GraphQLError =>
  new GraphQLError('Unauthorized field or type', { path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } });

/** A document may hold several operations: only the one that is run is looked at. */
export function onlyOperation(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const others = document.definitions.filter((node) => node.kind !== Kind.OPERATION_DEFINITION);
  return { ...document, definitions: [operation, ...others] };
}

function operationOf(document: DocumentNode): OperationDefinitionNode {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The operation comes first.');
  return operation;
}

/** Removes fields; what would be left without a selection asks for its type name, so that its place is still known. */
function without(
  schema: GraphQLSchema,
  document: DocumentNode,
  isLeftOut: RestrictedOperation['isLeftOut'],
): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field(field) {
        const parent = types.getParentType();
        return parent && isLeftOut(parent.name, field.name.value) ? null : undefined;
      },
      SelectionSet: {
        leave: (set) => (set.selections.length === 0 ? { ...set, selections: [TYPENAME] } : undefined),
      },
    }),
  );
}

const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

function placesLeftOut(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  isLeftOut: RestrictedOperation['isLeftOut'],
): { paths: string[][]; coordinates: string[] } {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const found = new Map<string, string[]>();
  const coordinates = new Set<string>();
  const walk = (typeName: string, set: SelectionSetNode, path: readonly string[]): void => {
    const type = schema.getType(typeName);
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) {
        const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
        if (fragment) walk(fragment.typeCondition?.name.value ?? typeName, fragment.selectionSet, path);
        continue;
      }
      const here = [...path, (selection.alias ?? selection.name).value];
      if (isLeftOut(typeName, selection.name.value)) {
        found.set(here.join('\n'), here);
        coordinates.add(`${typeName}.${selection.name.value}`);
        continue;
      }
      if (!selection.selectionSet || !type || !('getFields' in type)) continue;
      const result = type.getFields()[selection.name.value]?.type as GraphQLOutputType | undefined;
      if (result && isCompositeType(getNamedType(result)))
        walk(getNamedType(result).name, selection.selectionSet, [...here, ...listMarks(result)]);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) walk(root.name, operation.selectionSet, []);
  return { paths: [...found.values()], coordinates: [...coordinates] };
}

/** An `@` for each list that the type is wrapped in. */
function listMarks(type: GraphQLOutputType): string[] {
  if (isNonNullType(type)) return listMarks(type.ofType);
  return isListType(type) ? ['@', ...listMarks(type.ofType)] : [];
}
