/**
 * Secrets of clients. Each is 256 random bits, so that a plain SHA-256 of it is as good as the slow hashes that passwords
 * need: nobody tries 2^256 of them, however fast one try is, and a slow one would let strangers keep us busy.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { KnownClient } from './clients.ts';

/** What a program that looks for secrets in texts can know it by. */
const PREFIX = 'sgcs_';

export const newClientSecret = (): string => `${PREFIX}${randomBytes(32).toString('base64url')}`;

export const hashOfSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Of no secret. */
const NOBODYS = randomBytes(32);

/** True for a live secret of the client's. The same work for a client that is not there, and for each that has less than two. */
export function isSecretOf(client: KnownClient | undefined, secret: string, now: Date): boolean {
  const given = hashOfSecret(secret);
  const [latest, before] = client?.secrets ?? [];
  const isLatest = timingSafeEqual(given, latest?.hash ?? NOBODYS);
  const isBefore = timingSafeEqual(given, before?.hash ?? NOBODYS);
  return (isLatest && isLive(latest, now)) || (isBefore && isLive(before, now));
}

const isLive = (secret: { until: Date | null } | undefined, now: Date): boolean =>
  secret !== undefined && (secret.until === null || now < secret.until);
