/**
 * The guest grants that a call brings: in the representations of an entity fetch, and beside a mutation. What does not
 * verify for this caller is as if it were not there.
 */
import type { Caller } from '../caller.ts';
import type { Grant, GrantVerifier } from '../guest-access/grant.ts';
import type { Call } from './call.ts';
import type { SubgraphRequest } from './open-subgraph.ts';

export function collectGrants(
  { variables, extensions }: SubgraphRequest,
  caller: Caller | null,
  verifier: GrantVerifier,
): Call['grants'] {
  const byText = new Map<string, Grant>();
  const byProfile = new Map<string, Grant>();
  if (!caller) return { byText, byProfile };
  for (const text of [
    ...grantsOfRepresentations(variables?.representations),
    ...(Array.isArray(extensions?.grants) ? extensions.grants : []),
  ]) {
    const grant = typeof text === 'string' ? verifier.verify(text, caller) : null;
    if (!grant) continue;
    byText.set(text as string, grant);
    // what is opened in an emergency is read, by its own id, and nothing is written by it
    if (grant.emergencyAccess === undefined) byProfile.set(grant.profile, grant);
  }
  return { byText, byProfile };
}

function grantsOfRepresentations(representations: unknown): unknown[] {
  if (!Array.isArray(representations)) return [];
  return representations.map((each: unknown) => {
    if (each === null || typeof each !== 'object') return null;
    if ('guestGrant' in each) return each.guestGrant;
    return 'emergencyGrant' in each ? each.emergencyGrant : null;
  });
}
