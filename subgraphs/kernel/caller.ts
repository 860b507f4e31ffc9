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

export interface Caller {
  /** The person's or app's own id (a UUID). */
  subject: string;
  kind: 'person' | 'app';
  /** The caller's own name, stamped on what they write. */
  name: string;
  role: Role;
  /** URN of the school this session is at; null for roles that are at none (support, analysts). */
  school: string | null;
  scopes: readonly string[];
  client: { name: string; version: string } | null;
}

/** Work without a person: seeding, cron, event handlers, imports. One school at a time. */
export interface SystemCaller {
  kind: 'system';
  job: string;
  /** URN of the one school whose rows this work may touch; null reaches no row of a person. */
  school: string | null;
  reason: string;
}

export const holds = (caller: Caller | null, scope: string): boolean => caller?.scopes.includes(scope) ?? false;
