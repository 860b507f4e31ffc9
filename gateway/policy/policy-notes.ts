/** What whoever starts the gateway is told of a supergraph's policies. */
import type { ScopeRules } from './scope-rules.ts';

export const policyNotes = ({ unknownPolicies }: Pick<ScopeRules, 'unknownPolicies'>): string[] =>
  unknownPolicies.length > 0
    ? [
        `The supergraph names policies that are not known here, and that nobody meets: ${unknownPolicies.map((policy) => JSON.stringify(policy)).join(', ')}.`,
      ]
    : [];
