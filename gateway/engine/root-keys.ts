/** The response keys of a call's root fields. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  getOperationAST,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** But for what `@skip` and `@include` leave out, and what is not `counted` by its field's name. */
export function rootKeysOf(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
  counted: (field: string) => boolean = () => true,
): string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const walk = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if === true) return [];
      if (getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if === false) return [];
      if (selection.kind === Kind.FIELD)
        return counted(selection.name.value) ? [(selection.alias ?? selection.name).value] : [];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return inner ? walk(inner.selectionSet) : [];
    });
  const operation = getOperationAST(document);
  return operation ? [...new Set(walk(operation.selectionSet))] : [];
}
