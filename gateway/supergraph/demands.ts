/** What a supergraph asks of whoever serves it. */
import type { DocumentNode } from 'graphql';
import { linkedDirectives, SPEC } from './linked-directives.ts';

export interface Demands {
  /** It states who may see what of a guest: it is never served without keys, or by calls that nobody signed. */
  hasGuestRules: boolean;
  /** Some of it is for callers who are signed in. */
  asksForSignIn: boolean;
}

export function demandsOf(supergraph: DocumentNode): Demands {
  const { links } = linkedDirectives(supergraph);
  const doesLink = (spec: string) => links.some(({ url }) => url === spec);
  return {
    hasGuestRules: doesLink(SPEC.guestAccess),
    asksForSignIn: [SPEC.authenticated, SPEC.requiresScopes, SPEC.policy].some(doesLink),
  };
}
