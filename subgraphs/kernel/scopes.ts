/** What a caller must hold, as `@authenticated` and `@requiresScopes` state it: one rule for both walls. */

/** One directive: any one of the lists suffices, all scopes of that list are needed. Empty: being signed in is enough. */
export type ScopeChoice = readonly (readonly string[])[];

/** Several directives count together: each must be met. */
export type Requirement = readonly ScopeChoice[];

/** Whether a caller's scopes meet a requirement; null is nobody, who meets none that asks for anything. */
export const meets = (scopes: readonly string[] | null, requirement: Requirement): boolean =>
  requirement.every(
    (choice) =>
      scopes !== null && (choice.length === 0 || choice.some((all) => all.every((scope) => scopes.includes(scope)))),
  );
