/**
 * Links that are good for a minute: what a subgraph shows one caller outside the graph, as a picture. The claims are
 * sealed (AES-256-GCM), not only signed: a URL ends in histories and logs, and a student's own id must not lead from
 * one school's guest profile to another's.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { Caller } from '../caller.ts';

export const LINK_LIFETIME_MS = 60_000;

type LinkClaims = Readonly<Record<string, string | null>>;

export interface OpenedLink {
  claims: LinkClaims;
  /** Whom the link was made for. */
  caller: Pick<Caller, 'kind' | 'subject' | 'role' | 'school'>;
}

export interface SignedLinks {
  /** A URL path: `path` and a token. */
  sign(path: string, claims: LinkClaims, caller: Caller): string;
  /** What a token of `path` holds, or null: altered, expired, or made for another path. */
  open(path: string, token: string): OpenedLink | null;
}

interface SealedLink extends OpenedLink {
  expires: number;
}

const IV_BYTES = 12;
const TAG_BYTES = 16;

/** `secret`: base64url, that of the guest grants; the key of links is another one that follows from it. */
export function createSignedLinks(secret: string, now: () => Date): SignedLinks {
  const key = createHmac('sha256', Buffer.from(secret, 'base64url')).update('signed-link').digest();
  return {
    sign(path, claims, { kind, subject, role, school }) {
      const sealed: SealedLink = {
        claims,
        caller: { kind, subject, role, school },
        expires: now().getTime() + LINK_LIFETIME_MS,
      };
      return `${path}/${seal(key, path, JSON.stringify(sealed))}`;
    },
    open(path, token) {
      const text = unseal(key, path, token);
      if (text === null) return null;
      const { expires, ...link } = JSON.parse(text) as SealedLink;
      return expires > now().getTime() ? link : null;
    },
  };
}

function seal(key: Buffer, path: string, text: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(path));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url');
}

function unseal(key: Buffer, path: string, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length <= IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== token) return null;
  const [iv, tag] = [bytes.subarray(0, IV_BYTES), bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES)];
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(path)).setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch {
    return null;
  }
}
