/** What of a caller decides which fields of an operation are left in. */
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { meets, type Requirement } from '../../subgraphs/kernel/scopes.ts';

export interface Rights {
  /** Part of every cache key of prepared operations: who has the same key may have the same plan. */
  key: string;
  meet(requirement: Requirement): boolean;
}

export function rightsOf(caller: Caller | null): Rights {
  const scopes = caller && [...new Set(caller.scopes)].sort();
  return {
    key: scopes ? scopes.join(' ') : 'nobody',
    meet: (requirement) => meets(scopes, requirement),
  };
}
