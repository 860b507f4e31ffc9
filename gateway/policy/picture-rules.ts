/** Which subgraph of a supergraph says what a picture's address stands for. */
import type { DocumentNode } from 'graphql';
import { applicationsOf, argumentsOf, type LinkedDirectives, SPEC } from '../supergraph/linked-directives.ts';
import { subgraphAddressesOf } from '../supergraph/subgraph-addresses.ts';
import { compositesOf } from '../supergraph/type-definitions.ts';

/** The root field that opens an address's token. Clients never see it. */
export const LINK_FIELD = 'pictureLink';

export interface PictureRules {
  /** The subgraph that keeps pictures; null where the graph has none that the gateway serves. */
  pictureOwner: string | null;
}

export function readPictureRules(supergraph: DocumentNode, linked: LinkedDirectives): PictureRules {
  const [joinField, inaccessible] = [
    linked.nameOf(SPEC.join, 'field'),
    linked.nameOf(SPEC.inaccessible, 'inaccessible'),
  ];
  const addresses = subgraphAddressesOf(supergraph, linked);
  const [link] = compositesOf(supergraph)
    .filter(({ name }) => name.value === 'Query')
    .flatMap(({ fields = [] }) => fields.filter(({ name }) => name.value === LINK_FIELD));
  // a field of that name that clients do see is another graph's own
  if (!link || applicationsOf(link, inaccessible).length === 0) return { pictureOwner: null };
  const [join] = applicationsOf(link, joinField).map(argumentsOf);
  return { pictureOwner: addresses.get(String(join?.graph))?.name ?? null };
}
