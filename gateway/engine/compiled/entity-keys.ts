/** By which fields a subgraph finds an entity, as the supergraph states it. */
import { type DocumentNode, Kind, type SelectionSetNode } from 'graphql';
import { isComposite, literalOf, selectionSetOf } from '../planner/composite-types.ts';
import type { AnswerObject } from './places.ts';

export interface EntityKeys {
  /** Whether a subgraph can tell by a representation which entity it is about: not by a type that it has no key of. */
  hasKey(subgraph: string, representation: AnswerObject): boolean;
  /** Of a type, those by which a subgraph can be entered. */
  keySetsOf(subgraph: string, type: string): readonly SelectionSetNode[];
}

/** `graphOf`: a subgraph's name in the `join__Graph` enum. */
export function readEntityKeys(supergraph: DocumentNode, graphOf: (subgraph: string) => string): EntityKeys {
  const keys = readKeys(supergraph);
  const fields = new Map([...keys].map(([place, sets]) => [place, sets.map(fieldsOf)]));
  const keysOf = (subgraph: string, type: unknown) => fields.get(`${graphOf(subgraph)}.${type}`);
  return {
    keySetsOf: (subgraph, type) => keys.get(`${graphOf(subgraph)}.${type}`) ?? [],
    hasKey: (subgraph, representation) =>
      keysOf(subgraph, representation.__typename)?.some((key) =>
        key.every((field) => Object.hasOwn(representation, field)),
      ) ?? false,
  };
}

const fieldsOf = ({ selections }: SelectionSetNode): string[] =>
  selections.flatMap((each) => (each.kind === Kind.FIELD ? [each.name.value] : []));

/** By `GRAPH.Type`. */
function readKeys(supergraph: DocumentNode): ReadonlyMap<string, readonly SelectionSetNode[]> {
  const keys = new Map<string, SelectionSetNode[]>();
  for (const { name, directives = [] } of supergraph.definitions.filter(isComposite))
    for (const directive of directives) {
      const key = directive.name.value === 'join__type' ? literalOf(directive, 'key') : undefined;
      if (typeof key !== 'string' || literalOf(directive, 'resolvable') === false) continue;
      const place = `${literalOf(directive, 'graph')}.${name.value}`;
      keys.set(place, [...(keys.get(place) ?? []), selectionSetOf(key)]);
    }
  return keys;
}
