/** The access tokens of persons: they say who is calling, in which role, at which school, and by which client. */
import type { JWK, JWTPayload } from 'jose';
import { validate } from 'uuid';
import { type CallerClient, type PersonCaller, ROLES, type Role } from '../../subgraphs/kernel/caller.ts';
import { parseUrn } from '../../subgraphs/kernel/identifiers/urn.ts';
import { clientOf, signToken } from './jwt.ts';
import { isAtSchool, scopesOf } from './roles.ts';
import { Unauthenticated } from './unauthenticated.ts';

export const ISSUER = 'schoolgraph';

/** A working day. */
const LIFETIME_SECONDS = 8 * 60 * 60;

export interface TokenAccount {
  /** UUID. */
  id: string;
  name: string;
  role: Role;
  /** URN, or null for a role at no school. */
  school: string | null;
  /** The client that they come by, where they come by one. */
  client?: CallerClient | null;
}

/** `key`: the private Ed25519 key of persons' tokens. */
export const issueToken = (key: JWK, { id, name, role, school, client }: TokenAccount, now: Date): Promise<string> =>
  signToken(
    {
      ...{ name, role, school },
      ...(client && { client_id: client.name }),
      ...(client && client.version !== null && { client_version: client.version }),
    },
    { key, issuer: ISSUER, subject: id, lifetime: LIFETIME_SECONDS, now },
  );

/**
 * Whom a token names that was checked with the key of persons' tokens. What a role may do is not in the token but in the
 * table of roles, so that a change of it holds from then on. Throws Unauthenticated.
 */
export function personOf(claims: JWTPayload): PersonCaller {
  const { sub, name, role, school } = claims;
  if (!sub || !validate(sub) || typeof name !== 'string' || !isRole(role) || !isPlaceFor(role, school))
    throw new Unauthenticated();
  return { subject: sub, kind: 'person', name, role, school, scopes: scopesOf(role), client: clientOf(claims) };
}

const isRole = (claim: unknown): claim is Role => ROLES.some((role) => role === claim);

function isPlaceFor(role: Role, claim: unknown): claim is string | null {
  if (!isAtSchool(role)) return claim === null;
  const urn = typeof claim === 'string' ? parseUrn(claim) : null;
  return urn?.ok === true && urn.value === claim;
}
