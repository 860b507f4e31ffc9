/**
 * A mutation's fields are run in the order in which they are collected, each response key once
 * (https://spec.graphql.org/October2021/#sec-Mutation). The planner puts those of a named fragment before all others, and
 * asks again for one that stands in a second fragment: so at the root there are fields alone, each once.
 */
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';

export const isMutation = (document: DocumentNode): boolean => document.definitions.some(isMutationNode);

/** Fragments under conditions stay what they are. */
export function withRootFieldsInOrder(document: DocumentNode): DocumentNode {
  if (!isMutation(document)) return document;
  const fragments = fragmentsOf(document);
  // whatever is spread at the root is of the root's own type, and need not say it
  const inPlace = ({ selections }: SelectionSetNode): SelectionNode[] =>
    selections.flatMap((selection): SelectionNode[] => {
      if (selection.kind === Kind.FIELD) return [selection];
      const inner = selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (!inner) throw new Error('Expected every fragment that is spread to be defined.');
      const { directives = [] } = selection;
      const fields = inPlace(inner.selectionSet);
      return directives.length === 0
        ? fields
        : [{ kind: Kind.INLINE_FRAGMENT, directives, selectionSet: setOf(fields) }];
    });
  return withoutUnusedFragments({
    ...document,
    definitions: document.definitions.map((node) =>
      isMutationNode(node) ? { ...node, selectionSet: setOf(once(inPlace(node.selectionSet))) } : node,
    ),
  });
}

const isMutationNode = (node: DefinitionNode): node is OperationDefinitionNode =>
  node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.MUTATION;

const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])));

const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({ kind: Kind.SELECTION_SET, selections });

/** Fields of one response key, without conditions, are one: they ask for the same, and what is below them together. */
function once(selections: readonly SelectionNode[]): SelectionNode[] {
  const known = new Map<string, number>();
  const merged: SelectionNode[] = [];
  for (const selection of selections) {
    const key = selection.kind === Kind.FIELD && !selection.directives?.length ? keyOf(selection) : undefined;
    const index = key === undefined ? undefined : known.get(key);
    const first = index === undefined ? undefined : merged[index];
    if (index !== undefined && first?.kind === Kind.FIELD && selection.kind === Kind.FIELD) {
      const below = [...(first.selectionSet?.selections ?? []), ...(selection.selectionSet?.selections ?? [])];
      merged[index] = below.length > 0 ? { ...first, selectionSet: setOf(below) } : first;
    } else {
      merged.push(selection);
      if (key !== undefined) known.set(key, merged.length - 1);
    }
  }
  return merged;
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** The planner would look for places to spread them. */
function withoutUnusedFragments(document: DocumentNode): DocumentNode {
  const fragments = fragmentsOf(document);
  const used = new Set<string>();
  const follow = (node: DefinitionNode): void => {
    visit(node, {
      FragmentSpread({ name: { value } }) {
        const fragment = used.has(value) ? undefined : fragments.get(value);
        used.add(value);
        if (fragment) follow(fragment);
      },
    });
  };
  for (const node of document.definitions) if (node.kind === Kind.OPERATION_DEFINITION) follow(node);
  return {
    ...document,
    definitions: document.definitions.filter(
      (node) => node.kind !== Kind.FRAGMENT_DEFINITION || used.has(node.name.value),
    ),
  };
}
