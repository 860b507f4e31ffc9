/** What a call asks of entities, field by field, so that it can be divided. */
import {
  type DocumentNode,
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

export const readOperation = (text: string): OperationDefinitionNode => operationIn(parse(text, { noLocation: true }));

/** A call's operation, with fragments spread where they stand. */
export function operationIn(document: DocumentNode): OperationDefinitionNode {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const inline = (node: SelectionSetNode): SelectionSetNode =>
    visit(node, {
      FragmentSpread(spread): InlineFragmentNode | undefined {
        const fragment = fragments.get(spread.name.value);
        if (!fragment) return undefined;
        const { typeCondition, selectionSet } = fragment;
        const { directives = [] } = spread;
        return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives, selectionSet: inline(selectionSet) };
      },
    });
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('Expected an operation in a call of a plan.');
  return { ...operation, selectionSet: inline(operation.selectionSet) };
}

export interface Leaf {
  /** One field, in the fragments (type conditions, `@include`, `@skip`) that it came in. */
  selection: SelectionNode;
  type: string;
  field: string;
}

export const leavesOf = (selections: readonly SelectionNode[], type: string): Leaf[] =>
  selections.flatMap((selection): Leaf[] => {
    if (selection.kind === Kind.FIELD) return [{ selection, type, field: selection.name.value }];
    if (selection.kind === Kind.FRAGMENT_SPREAD) return [];
    const inner = leavesOf(selection.selectionSet.selections, selection.typeCondition?.name.value ?? type);
    return inner.map((leaf) => ({
      ...leaf,
      selection: { ...selection, selectionSet: { kind: Kind.SELECTION_SET, selections: [leaf.selection] } },
    }));
  });

export const entitiesOf = ({ selectionSet: { selections } }: OperationDefinitionNode): FieldNode | undefined =>
  selections.find((each): each is FieldNode => each.kind === Kind.FIELD && each.name.value === '_entities');

/** The operation with another selection on its entities, and no variable that is not used any more. */
export function withEntities(
  operation: OperationDefinitionNode,
  set: SelectionSetNode | null,
): OperationDefinitionNode {
  const selectionSet: SelectionSetNode = {
    kind: Kind.SELECTION_SET,
    selections: operation.selectionSet.selections.map((each) =>
      set && each.kind === Kind.FIELD && each.name.value === '_entities' ? { ...each, selectionSet: set } : each,
    ),
  };
  const used = new Set<string>();
  visit(selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  return {
    ...operation,
    selectionSet,
    variableDefinitions: (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value)),
  };
}
