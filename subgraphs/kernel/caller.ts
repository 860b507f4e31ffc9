/** Who is calling: one person in one role at one organisation for this session, or one app on behalf of a school. */

export const ROLES = [
  'TEACHER',
  'ATTENDANCE_OFFICE',
  'SENCO',
  'DESIGNATED_LEAD',
  'EXAMS_OFFICER',
  'CATERING',
  'DATA_LEAD',
  'SUPPORT',
  'ANALYST',
] as const;

export type Role = (typeof ROLES)[number];

interface AnyCaller {
  /** The person's or app's own id (a UUID). */
  subject: string;
  /** The caller's own name, stamped on what they write. */
  name: string;
  scopes: readonly string[];
}

/** By which program a caller comes. It stands in the token, never in a header; the version only where it was told. */
export interface CallerClient {
  name: string;
  version: string | null;
}

export interface PersonCaller extends AnyCaller {
  kind: 'person';
  role: Role;
  /** URN of the school this session is at; null for roles that are at none (support, analysts). */
  school: string | null;
  client: CallerClient | null;
  grant?: null;
}

/** An app on behalf of one school: nothing of it stands without the app grant that the school gave. */
export interface AppCaller extends AnyCaller {
  kind: 'app';
  role: 'APP';
  /** URN of the school that gave the app grant. */
  school: string;
  client: CallerClient;
  grant: CallerGrant;
}

export interface CallerGrant {
  /** UUID of the app grant. */
  id: string;
  /** What the school gave it for, as the record of reading keeps it. */
  purpose: string;
}

export type Caller = PersonCaller | AppCaller;

/** Work without a person: seeding, cron, event handlers, imports. One school at a time. */
export interface SystemCaller {
  kind: 'system';
  job: string;
  /** URN of the one school whose rows this work may touch; null reaches no row of a person. */
  school: string | null;
  reason: string;
}

export const holds = (caller: Caller | null, scope: string): boolean => caller?.scopes.includes(scope) ?? false;
