/**
 * Who meets a policy of `@policy` (https://specs.apollo.dev/policy/v0.1): what it names is a fact of the caller, written
 * `fact:value`, or `signed-in`. Both walls decide by this table. A policy that is not of it is met by nobody.
 */
import { type Caller, ROLES } from './caller.ts';
import { parseUrn } from './identifiers/urn.ts';

interface Fact {
  /** Whether it can be: of any other value the policy is not known. */
  isValue(text: string): boolean;
  of(caller: Caller): string | null;
}

const FACTS: Readonly<Record<string, Fact>> = {
  /** `kind:app` */
  kind: { isValue: (text) => text === 'person' || text === 'app', of: ({ kind }) => kind },
  /** `role:DATA_LEAD`: of this session. */
  role: { isValue: (text) => ROLES.some((role) => role === text), of: ({ role }) => role },
  /** `school:900001`: the URN of this session's school. */
  school: { isValue: isUrn, of: ({ school }) => school },
  /** `client:web`: as the token says it. */
  client: { isValue: (text) => text !== '', of: ({ client }) => client?.name ?? null },
};

const SIGNED_IN = 'signed-in';

export const meetsPolicy = (caller: Caller, policy: string): boolean => {
  if (policy === SIGNED_IN) return true;
  const named = factOf(policy);
  return named !== null && named.fact.of(caller) === named.value;
};

export const isKnownPolicy = (policy: string): boolean => policy === SIGNED_IN || factOf(policy) !== null;

function factOf(policy: string): { fact: Fact; value: string } | null {
  const [name = ''] = policy.split(':', 1);
  const fact = Object.hasOwn(FACTS, name) ? FACTS[name] : undefined;
  const value = policy.slice(name.length + 1);
  return fact?.isValue(value) ? { fact, value } : null;
}

function isUrn(text: string): boolean {
  const urn = parseUrn(text);
  return urn.ok && urn.value === text;
}
