/** The response keys of a call's root fields. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  getOperationAST,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

/** But for what `@skip` and `@include` leave out, and what is not `counted` by its field's name. */
export const rootKeysOf = (
  document: DocumentNode,
  variables: Variables,
  counted: (field: string) => boolean = () => true,
): string[] => keysOf(document, counted, (selection) => isTaken(selection, variables));

/** Those, too, that may be left out. */
export const everyRootKeyOf = (document: DocumentNode, counted: (field: string) => boolean = () => true): string[] =>
  keysOf(document, counted, () => true);

const isTaken = (selection: SelectionNode, variables: Variables): boolean =>
  getDirectiveValues(GraphQLSkipDirective, selection, variables)?.if !== true &&
  getDirectiveValues(GraphQLIncludeDirective, selection, variables)?.if !== false;

function keysOf(
  document: DocumentNode,
  counted: (field: string) => boolean,
  taken: (selection: SelectionNode) => boolean,
): string[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const walk = ({ selections }: SelectionSetNode): string[] =>
    selections.filter(taken).flatMap((selection) => {
      if (selection.kind === Kind.FIELD)
        return counted(selection.name.value) ? [(selection.alias ?? selection.name).value] : [];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      return inner ? walk(inner.selectionSet) : [];
    });
  const operation = getOperationAST(document);
  return operation ? [...new Set(walk(operation.selectionSet))] : [];
}
