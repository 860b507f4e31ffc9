/** Where a supergraph says that its subgraphs are (https://specs.apollo.dev/join/v0.3/#@graph). */
import { type DocumentNode, Kind } from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from './linked-directives.ts';

export interface SubgraphAddress {
  /** As its own team calls it. */
  name: string;
  /** As it was composed: may be empty, or a name only. */
  url: string;
}

/** By the values of the `join__Graph` enum. */
export function subgraphAddressesOf(
  supergraph: DocumentNode,
  linked: LinkedDirectives,
): ReadonlyMap<string, SubgraphAddress> {
  const joinGraph = linked.nameOf(SPEC.join, 'graph');
  const addresses = new Map<string, SubgraphAddress>();
  for (const node of supergraph.definitions)
    if (node.kind === Kind.ENUM_TYPE_DEFINITION)
      for (const value of node.values ?? [])
        for (const application of applicationsOf(value, joinGraph)) {
          const { name, url } = argumentsOf(application) as { name: string; url?: string };
          addresses.set(value.name.value, { name, url: url ?? '' });
        }
  return addresses;
}
