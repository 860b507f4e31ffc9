/**
 * The stock planner comes back to an entity, after a `@requires`, by the first of its keys in the supergraph, also where a
 * subgraph has said that it cannot be entered by that one (`resolvable: false`). So those that can come first.
 */
import type { ConstDirectiveNode, DocumentNode } from 'graphql';
import { isComposite, literalOf } from './composite-types.ts';

export function withResolvableKeysFirst(supergraph: DocumentNode): DocumentNode {
  return {
    ...supergraph,
    definitions: supergraph.definitions.map((node) => {
      if (!isComposite(node) || !node.directives?.some(isUnresolvable)) return node;
      const { directives } = node;
      return {
        ...node,
        directives: [...directives.filter((each) => !isUnresolvable(each)), ...directives.filter(isUnresolvable)],
      };
    }),
  };
}

const isUnresolvable = (directive: ConstDirectiveNode): boolean =>
  directive.name.value === 'join__type' && literalOf(directive, 'resolvable') === false;
