/** What all our access tokens are: JWTs (RFC 9068) signed with Ed25519. */
import { type CryptoKey, importJWK, type JWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import type { CallerClient } from '../../subgraphs/kernel/caller.ts';
import { Unauthenticated } from './unauthenticated.ts';

export const AUDIENCE = 'schoolgraph-graph';

/** The only one we sign with and the only one we take: a token does not choose how it is checked (RFC 8725, 3.1). */
const ALGORITHM = 'EdDSA';

/** Not to be mistaken for another kind of JWT (RFC 9068, 2.1). */
const TYPE = 'at+jwt';

interface Signing {
  /** The private Ed25519 key, and the name under which verifiers find its public part, where it has one. */
  key: JWK;
  keyId?: string;
  issuer: string;
  subject: string;
  /** Seconds. */
  lifetime: number;
  now: Date;
}

export async function signToken(claims: JWTPayload, signing: Signing): Promise<string> {
  const { key, keyId, issuer, subject, lifetime, now } = signing;
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, ...(keyId !== undefined && { kid: keyId }) })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetime)
    .sign(await importJWK(key, ALGORITHM));
}

/** The part of a token key that verifies and cannot sign. */
export function publicKeyOf({ kty, crv, x }: JWK): JWK {
  if (kty !== 'OKP' || crv !== 'Ed25519' || !x) throw new Error('Expected an Ed25519 key as a JWK (RFC 8037).');
  return { kty, crv, x };
}

/** Throws Unauthenticated. */
type CheckToken = (token: string, now: Date) => Promise<JWTPayload & { exp: number }>;

/** `issuer`: left out where the key itself says whose the token is. */
export async function createCheckToken(publicKey: JWK, issuer?: string): Promise<CheckToken> {
  const key = (await importJWK(publicKeyOf(publicKey), ALGORITHM)) as CryptoKey;
  return async (token, now) => {
    const { payload } = await jwtVerify(token, key, {
      algorithms: [ALGORITHM],
      typ: TYPE,
      ...(issuer !== undefined && { issuer }),
      audience: AUDIENCE,
      requiredClaims: ['iss', 'sub', 'iat', 'exp'],
      currentDate: now,
    }).catch(() => {
      throw new Unauthenticated();
    });
    return payload as JWTPayload & { exp: number };
  };
}

/** What a client may say of its version. */
export const CLIENT_VERSION = /^[\w.+-]{1,64}$/;

/** By which client a token's caller comes: null where it names none. Throws Unauthenticated where it names one oddly. */
export function clientOf({ client_id: name, client_version: version = null }: JWTPayload): CallerClient | null {
  if (name === undefined) return null;
  if (typeof name !== 'string' || (version !== null && typeof version !== 'string')) throw new Unauthenticated();
  return { name, version };
}
