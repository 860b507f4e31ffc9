import { type DocumentNode, Kind } from 'graphql';
import { literalOf } from '../planner/composite-types.ts';

/** By a subgraph's name its value of the `join__Graph` enum (https://specs.apollo.dev/join/v0.3/#@graph). */
export function graphNamesOf(supergraph: DocumentNode): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of supergraph.definitions)
    if (node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'join__Graph')
      for (const { name, directives = [] } of node.values ?? [])
        for (const directive of directives)
          if (directive.name.value === 'join__graph') names.set(String(literalOf(directive, 'name')), name.value);
  return names;
}
