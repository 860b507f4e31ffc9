/** Breaking the glass: who may read what of a guest in an emergency, and for how long. */
import type { FieldAccess } from '../../kernel/guest-access/effective-access.ts';
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';
import type { ParseResult } from '../../kernel/identifiers/parsed.ts';
import { parseText } from '../../kernel/text/text-input.ts';
import { isTaughtOn } from './guest-periods.ts';
import type { AccessByRow } from './profile-access.ts';

const OPEN_MS = 15 * 60_000;

/** Contacts and health, and whose they are. */
const ROWS: ReadonlySet<string> = new Set([
  'displayName',
  'emergencyContacts',
  'contactRestrictions',
  'medicalConditions',
  'otherMedicalConditions',
  'dietaryRequirements',
]);

export const openUntil = (openedAt: Date): Date => new Date(openedAt.getTime() + OPEN_MS);

/** Both schools' data leads will read it. */
export const readReason: (text: string) => ParseResult<string> = parseText(500, 10);

/** Staff of the school that teaches the student, on a day on which it does. At home there is the student's own record. */
export const mayBeOpened = (
  { teachingSchoolUrn, periods }: { teachingSchoolUrn: string; periods: readonly DateInterval[] },
  school: string,
  today: string,
): boolean => school === teachingSchoolUrn && isTaughtOn(periods, today);

interface Opener {
  subject: string;
  role: string;
  school: string | null;
}

interface Opened {
  openedBy: string;
  openedByRole: string;
  teachingSchoolUrn: string;
  until: Date;
}

/** For whoever opened it, in the same role at the same school, until its time is up. */
export const isOpenTo = (
  { openedBy, openedByRole, teachingSchoolUrn, until }: Opened,
  { subject, role, school }: Opener,
  now: Date,
): boolean => openedBy === subject && openedByRole === role && teachingSchoolUrn === school && now < until;

/**
 * What guest access gives the school of these rows, and of others nothing. It is the scopes of the opener's role that an
 * emergency goes around: what protects a child from being found, or what no agreement covers, it does not open. What
 * staff must know to keep a child safe is there all the same (SAFETY_FLOOR, VITAL_INTERESTS).
 */
export const accessInEmergency = (byRow: AccessByRow): Map<string, FieldAccess> =>
  new Map([...byRow].filter(([row]) => ROWS.has(row)));
