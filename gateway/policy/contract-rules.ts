/** What of a supergraph is tagged for partners. */
import type { DocumentNode } from 'graphql';
import { type Places, placesTagged } from '../supergraph/contract/tags.ts';
import type { LinkedDirectives } from '../supergraph/linked-directives.ts';

/** The tag, and the name of the contract. */
export const PARTNER = 'partner';

export interface ContractRules {
  /** Empty where the graph has nothing for partners. */
  partnerPlaces: Places;
}

export const readContractRules = (supergraph: DocumentNode, linked: LinkedDirectives): ContractRules => ({
  partnerPlaces: placesTagged(PARTNER, supergraph, linked),
});
