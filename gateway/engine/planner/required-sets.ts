import type { DocumentNode, SelectionSetNode } from 'graphql';
import { isComposite, literalOf, selectionSetOf } from './composite-types.ts';

/** What each field that `@requires` others requires, by `GRAPH.Type.field`, the graph as the `join__Graph` enum has it. */
export type RequiredSets = ReadonlyMap<string, SelectionSetNode>;

export function readRequiredSets(supergraph: DocumentNode): RequiredSets {
  const sets = new Map<string, SelectionSetNode>();
  for (const { name: type, fields = [] } of supergraph.definitions.filter(isComposite))
    for (const { name: field, directives = [] } of fields)
      for (const directive of directives) {
        const set = directive.name.value === 'join__field' ? literalOf(directive, 'requires') : undefined;
        if (typeof set === 'string')
          sets.set(`${literalOf(directive, 'graph')}.${type.value}.${field.value}`, selectionSetOf(set));
      }
  return sets;
}
