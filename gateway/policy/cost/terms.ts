/**
 * What an operation costs, as arithmetic on its variables: folded to a number where none of them matters, so that a
 * request pays for what may differ and for no more. No sum runs over: all are cut at `MOST_COST`.
 */

/** Coerced. */
export type Variables = Readonly<Record<string, unknown>>;

/** A number, or what it is for a request's variables. */
export type Term = number | VaryingTerm;

export interface VaryingTerm {
  of(variables: Variables): number;
  /** It is never less, whatever the variables are; -Infinity where nobody knows. */
  least: number;
}

/** The same of what stands under `@skip` and `@include`. */
export type Condition = boolean | ((variables: Variables) => boolean);

/** Above every limit that can be set; what is multiplied by it stays a number that is exact. */
export const MOST_COST = 1_000_000_000;

const cut = (cost: number): number => Math.min(cost, MOST_COST);

export const evaluate = (term: Term, variables: Variables): number =>
  typeof term === 'number' ? term : term.of(variables);

export const leastOf = (term: Term): number => (typeof term === 'number' ? term : term.least);

export function sum(terms: readonly Term[]): Term {
  const fixed = terms.reduce<number>((total, term) => (typeof term === 'number' ? total + term : total), 0);
  const varying = terms.filter((term) => typeof term !== 'number');
  const [only] = varying;
  if (!only) return cut(fixed);
  const least = cut(varying.reduce((total, term) => total + term.least, fixed));
  if (varying.length === 1) return { least, of: (variables) => cut(fixed + only.of(variables)) };
  return {
    least,
    of(variables) {
      let total = fixed;
      for (const term of varying) total += term.of(variables);
      return cut(total);
    },
  };
}

export function product(one: Term, other: Term): Term {
  if (typeof one === 'number' && typeof other === 'number') return cut(one * other);
  if (one === 1) return other;
  const [least, otherLeast] = [leastOf(one), leastOf(other)];
  return {
    // how often a weight below nothing may count has no end
    least: least >= 0 && otherLeast >= 0 ? cut(least * otherLeast) : Number.NEGATIVE_INFINITY,
    of: (variables) => cut(evaluate(one, variables) * evaluate(other, variables)),
  };
}

export function highest(terms: readonly Term[]): Term {
  const fixed = Math.max(0, ...terms.filter((term) => typeof term === 'number'));
  const varying = terms.filter((term) => typeof term !== 'number');
  if (varying.length === 0) return fixed;
  return {
    least: Math.max(fixed, ...varying.map(({ least }) => least)),
    of(variables) {
      let most = fixed;
      for (const term of varying) most = Math.max(most, term.of(variables));
      return most;
    },
  };
}

/** Nothing where the condition does not hold. */
export function where(condition: Condition, term: Term): Term {
  if (typeof condition === 'boolean') return condition ? term : 0;
  if (term === 0) return 0;
  return {
    least: Math.min(0, leastOf(term)),
    of: (variables) => (condition(variables) ? evaluate(term, variables) : 0),
  };
}

export function both(one: Condition, other: Condition): Condition {
  if (typeof one === 'boolean') return one && other;
  if (typeof other === 'boolean') return other && one;
  return (variables) => one(variables) && other(variables);
}

export function either(one: Condition, other: Condition): Condition {
  if (typeof one === 'boolean') return one || other;
  if (typeof other === 'boolean') return other || one;
  return (variables) => one(variables) || other(variables);
}

export const not = (condition: Condition): Condition =>
  typeof condition === 'boolean' ? !condition : (variables) => !condition(variables);
