/** What stands behind the response keys of a call, through fragments of any type. */
import type { DocumentNode, FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import type { AskedKey } from './faults.ts';

export function askedKeys(document: DocumentNode): readonly AskedKey[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
  const keysOf = ({ selections }: SelectionSetNode): AskedKey[] =>
    selections.flatMap((selection) => {
      if (selection.kind === 'Field') {
        const { alias, name, selectionSet } = selection;
        return [{ key: (alias ?? name).value, field: name.value, inner: selectionSet ? keysOf(selectionSet) : [] }];
      }
      const inner = selection.kind === 'FragmentSpread' ? fragments.get(selection.name.value) : selection;
      return inner ? keysOf(inner.selectionSet) : [];
    });
  const operation = document.definitions.find(
    (node): node is OperationDefinitionNode => node.kind === 'OperationDefinition',
  );
  return operation ? keysOf(operation.selectionSet) : [];
}
