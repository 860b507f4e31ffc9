/** The rules that a supergraph's directives state, as an index. Read anew with every supergraph. */
import type { DocumentNode } from 'graphql';
import { demandsOf } from '../supergraph/demands.ts';
import { linkedDirectives } from '../supergraph/linked-directives.ts';
import { type CompositionRules, readCompositionRules } from './composition-rules.ts';
import { type ContractRules, readContractRules } from './contract-rules.ts';
import { type CostRules, readCostRules } from './cost/cost-rules.ts';
import { type GuestRules, readGuestRules } from './guest-rules.ts';
import { type PictureRules, readPictureRules } from './picture-rules.ts';
import { readScopeRules, type ScopeRules } from './scope-rules.ts';

export interface GraphRules extends ScopeRules, GuestRules, PictureRules, CompositionRules, ContractRules {
  /** Whether the supergraph has rules of this project's; any other is open. */
  isOurs: boolean;
  costs: CostRules;
}

export function readRules(supergraph: DocumentNode): GraphRules {
  const linked = linkedDirectives(supergraph);
  return {
    isOurs: demandsOf(supergraph).hasGuestRules,
    costs: readCostRules(supergraph, linked),
    ...readScopeRules(supergraph, linked),
    ...readGuestRules(supergraph, linked),
    ...readPictureRules(supergraph, linked),
    ...readCompositionRules(supergraph, linked),
    ...readContractRules(supergraph, linked),
  };
}
