/**
 * A guest grant: shared-teaching's signed word on what one caller may do with one guest profile for the next minute.
 * Only subgraphs hold the key. Other subgraphs read the student from a grant that verifies, and from nowhere else.
 */
import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../caller.ts';
import type { FieldAccess } from './effective-access.ts';
import { ACCESS_LEVELS, GUEST_FIELDS, guestField, REASONS } from './matrix.ts';

export const GRANT_LIFETIME_MS = 60_000;

/** The purpose of a grant for an emergency access, as the record of reading knows it. */
export const BREAK_GLASS = 'BREAK_GLASS';

/** Which matrix decided: grants of another version are refused, and the record of reading names it. */
export const POLICY_VERSION = createHash('sha256').update(JSON.stringify(GUEST_FIELDS)).digest('hex').slice(0, 12);

export interface Grant {
  /** UUIDs and URNs. */
  profile: string;
  student: string;
  homeSchool: string;
  teachingSchool: string;
  agreement: string | null;
  purpose: string;
  /** UUID of the emergency access that it is for, and good for nothing else; absent in every other grant. */
  emergencyAccess?: string;
  /** Access and reason of every row of the matrix, by its name. */
  access: ReadonlyMap<string, FieldAccess>;
}

export interface GrantSigner {
  /** `until`: where the grant must end sooner than any does. */
  sign(grant: Grant, caller: Caller, until?: Date): string;
}

export interface GrantVerifier {
  /** The grant, or null: altered, expired, of another policy, or made for another caller. */
  verify(text: string, caller: Caller): Grant | null;
}

interface GrantPayload {
  grant: Omit<Grant, 'access'>;
  caller: string;
  policy: string;
  expires: number;
  /** Row names by `ACCESS REASON`: a third of the length of a record by row. */
  levels: Record<string, string[]>;
}

export function createGrantSigner(secret: string, now: () => Date): GrantSigner {
  const key = keyOf(secret);
  return {
    sign({ access, ...grant }, caller, until) {
      const levels: Record<string, string[]> = {};
      for (const [row, { access: level, reason }] of access) {
        const decided = `${level} ${reason}`;
        levels[decided] = [...(levels[decided] ?? []), row];
      }
      const expires = Math.min(now().getTime() + GRANT_LIFETIME_MS, until?.getTime() ?? Number.POSITIVE_INFINITY);
      const payload: GrantPayload = { grant, caller: identityOf(caller), policy: POLICY_VERSION, expires, levels };
      const text = Buffer.from(JSON.stringify(payload)).toString('base64url');
      return `${text}.${macOf(key, text)}`;
    },
  };
}

export function createGrantVerifier(secret: string, now: () => Date): GrantVerifier {
  const key = keyOf(secret);
  return {
    verify(text, caller) {
      const payload = payloadOf(key, text);
      if (!payload?.expires || payload.expires <= now().getTime()) return null;
      if (payload.policy !== POLICY_VERSION || payload.caller !== identityOf(caller)) return null;
      const access = accessOf(payload.levels);
      return access && payload.grant ? { ...payload.grant, access } : null;
    },
  };
}

/**
 * What was signed, or null. Texts are compared, not the bytes they decode to: base64url has several spellings of the same
 * bytes, and a grant has one. Only what was signed here is parsed.
 */
function payloadOf(key: KeyObject, text: string): Partial<GrantPayload> | null {
  const [encoded = '', mac = '', ...rest] = text.split('.');
  const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(key, encoded))];
  if (rest.length > 0 || given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  try {
    const payload: unknown = JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'));
    return payload !== null && typeof payload === 'object' ? payload : null;
  } catch {
    return null;
  }
}

/** Null where a level or a row is none of this policy's. */
function accessOf(levels: unknown): Map<string, FieldAccess> | null {
  if (levels === null || typeof levels !== 'object' || Array.isArray(levels)) return null;
  const access = new Map<string, FieldAccess>();
  for (const [key, rows] of Object.entries(levels)) {
    const [level, reason] = key.split(' ');
    const decided = { access: level, reason } as FieldAccess;
    if (!ACCESS_LEVELS.includes(decided.access) || !REASONS.includes(decided.reason) || !Array.isArray(rows))
      return null;
    for (const row of rows) {
      if (!guestField(row)) return null;
      access.set(row, decided);
    }
  }
  return access;
}

/** A grant is for this person, in this role, at this school: another session of theirs asks for its own. */
const identityOf = ({ kind, subject, role, school }: Caller): string => JSON.stringify([kind, subject, role, school]);

/** Read from its text once: that takes six times as long as a signature. */
const keyOf = (secret: string): KeyObject => createSecretKey(secret, 'base64url');

const macOf = (key: KeyObject, text: string): string =>
  createHmac('sha256', key).update(`guest-grant\n${text}`).digest('base64url');
