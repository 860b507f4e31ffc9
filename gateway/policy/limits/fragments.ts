/** The fragments of a document, and whether following their spreads comes to an end. */
import { type DocumentNode, type FragmentDefinitionNode, Kind, visit } from 'graphql';

/**
 * The fragments that a walk may follow, by name: none where one spreads itself, by whatever way round. Such a document
 * is refused by validation (GraphQL specification, 5.5.2.2), which does not follow them either.
 */
export function fragmentsToFollow(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  return goesRound(fragments) ? new Map() : fragments;
}

function goesRound(fragments: ReadonlyMap<string, FragmentDefinitionNode>): boolean {
  const finished = new Set<string>();
  const open = new Set<string>();
  const meetsItself = (name: string): boolean => {
    const fragment = fragments.get(name);
    if (!fragment || finished.has(name)) return false;
    if (open.has(name)) return true;
    open.add(name);
    const found = spreadsOf(fragment).some(meetsItself);
    open.delete(name);
    finished.add(name);
    return found;
  };
  return [...fragments.keys()].some(meetsItself);
}

function spreadsOf(fragment: FragmentDefinitionNode): string[] {
  const names = new Set<string>();
  visit(fragment, { FragmentSpread: ({ name }) => void names.add(name.value) });
  return [...names];
}
