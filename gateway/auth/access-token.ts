/** Our own access tokens: JWTs (RFC 7519) signed with Ed25519, that say who is calling, in which role, at which school. */
import { importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { validate } from 'uuid';
import { type Caller, ROLES, type Role } from '../../subgraphs/kernel/caller.ts';
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { parseUrn } from '../../subgraphs/kernel/identifiers/urn.ts';
import { isAtSchool, scopesOf } from './roles.ts';
import { Unauthenticated } from './unauthenticated.ts';

export const ISSUER = 'schoolgraph';
export const AUDIENCE = 'schoolgraph-graph';

/** A working day. */
const LIFETIME_SECONDS = 8 * 60 * 60;

/** The only one we sign with and the only one we take: a token does not choose how it is checked (RFC 8725, 3.1). */
const ALGORITHM = 'EdDSA';

/** Not to be mistaken for another kind of JWT (RFC 9068, 2.1). */
const TYPE = 'at+jwt';

export interface TokenAccount {
  /** UUID. */
  id: string;
  name: string;
  role: Role;
  /** URN, or null for a role at no school. */
  school: string | null;
}

/** `key`: the private Ed25519 key. */
export async function issueToken(key: JWK, { id, name, role, school }: TokenAccount, now: Date): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT({ name, role, school })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE })
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setSubject(id)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + LIFETIME_SECONDS)
    .sign(await importJWK(key, ALGORITHM));
}

/** The part of a token key that verifies and cannot sign. */
export function publicKeyOf({ kty, crv, x }: JWK): JWK {
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x) throw new Error('Expected an Ed25519 key as a JWK (RFC 8037).');
  return { kty, crv, x };
}

/** The caller whom a token names. Throws Unauthenticated. */
export type TokenVerifier = (token: string) => Promise<Caller>;

export async function createTokenVerifier(publicKey: JWK, clock: Pick<Clock, 'now'>): Promise<TokenVerifier> {
  const key = await importJWK(publicKeyOf(publicKey), ALGORITHM);
  return async (token) => {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['sub', 'iat', 'exp'],
      currentDate: clock.now(),
    }).catch(() => {
      throw new Unauthenticated();
    });
    return callerOf(payload);
  };
}

/** What a role may do is not in the token but in the table of roles, so that a change of it holds from then on. */
function callerOf({ sub, name, role, school }: JWTPayload): Caller {
  if (!sub || !validate(sub) || typeof name !== 'string' || !isRole(role) || !isPlaceFor(role, school))
    throw new Unauthenticated();
  return { subject: sub, kind: 'person', name, role, school, scopes: scopesOf(role), client: null };
}

const isRole = (claim: unknown): claim is Role => ROLES.some((role) => role === claim);

function isPlaceFor(role: Role, claim: unknown): claim is string | null {
  if (!isAtSchool(role)) return claim === null;
  const urn = typeof claim === 'string' ? parseUrn(claim) : null;
  return urn?.ok === true && urn.value === claim;
}
