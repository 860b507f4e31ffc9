/** What a caller must hold, as `@authenticated` and `@requiresScopes` state it. */
import type { Caller } from '../../subgraphs/kernel/caller.ts';

/** One directive: any one of the lists suffices, all scopes of that list are needed. Empty: being signed in is enough. */
export type ScopeChoice = readonly (readonly string[])[];

/** Several directives count together: each must be met. */
export type Requirement = readonly ScopeChoice[];

/** What of a caller decides which fields of an operation are left in: part of every cache key of prepared operations. */
export interface Authorisation {
  key: string;
  meets(requirement: Requirement): boolean;
}

export function authorisationOf(caller: Caller | null): Authorisation {
  if (!caller) return { key: 'nobody', meets: (requirement) => requirement.length === 0 };
  const scopes = new Set(caller.scopes);
  return {
    key: [...scopes].sort().join(' '),
    meets: (requirement) =>
      requirement.every(
        (choice) => choice.length === 0 || choice.some((all) => all.every((scope) => scopes.has(scope))),
      ),
  };
}
