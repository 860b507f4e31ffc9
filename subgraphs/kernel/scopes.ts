/** What a caller must hold or be, as `@authenticated`, `@requiresScopes` and `@policy` state it: one rule for both walls. */
import type { Caller } from './caller.ts';
import { meetsPolicy } from './policies.ts';

/** One directive: any one of the lists suffices, all of that list are needed. Empty: being signed in is enough. */
export interface Choice {
  of: 'scopes' | 'policies';
  anyOf: readonly (readonly string[])[];
}

/** Several directives count together: each must be met. */
export type Requirement = readonly Choice[];

export const SIGNED_IN: Choice = { of: 'scopes', anyOf: [] };

/** Whether a caller meets a requirement; null is nobody, who meets none that asks for anything. */
export const meets = (caller: Caller | null, requirement: Requirement): boolean =>
  requirement.every(
    ({ of, anyOf }) =>
      caller !== null && (anyOf.length === 0 || anyOf.some((all) => all.every((name) => HAS[of](caller, name)))),
  );

const HAS: Readonly<Record<Choice['of'], (caller: Caller, name: string) => boolean>> = {
  scopes: ({ scopes }, name) => scopes.includes(name),
  policies: meetsPolicy,
};
