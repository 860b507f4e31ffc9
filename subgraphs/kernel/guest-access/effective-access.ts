/** The one place that decides what a caller's school has of one field of one guest profile on one day. Pure. */
import { addDays } from '../identifiers/iso-date.ts';
import { type Access, atLeast, canOverride, type GuestField, highest, lowest, type Reason } from './matrix.ts';

export interface FieldAccess {
  access: Access;
  reason: Reason;
}

/** Dates are `YYYY-MM-DD`. */
export interface GuestDates {
  /** The student's first day as a guest; null while no enrolment is left. */
  startsOn: string | null;
  /** The last day; null while an enrolment is open. */
  endsOn: string | null;
}

export interface AccessProfile extends GuestDates {
  homeSchool: string;
  teachingSchool: string;
  studentId: string;
  protectedDetails: boolean;
  /** Enrolled today on a course that was pushed to the teaching school with timetable slots there. */
  taughtToday: boolean;
}

export interface AccessAgreement {
  /** In force: `from` to `to`, both included, and signed by both schools. */
  from: string;
  to: string;
  signedByBoth: boolean;
  fieldsCovered: ReadonlySet<string>;
  /** How long before the first day a teacher may prepare. */
  leadInDays: number;
  /** The day of the year, `MM-DD`, to which exam work runs on after the last day. */
  runOutTo: string;
}

export interface AccessOverride {
  teachingSchool: string;
  field: string;
  /** Null: for every guest at this teaching school. */
  studentId: string | null;
  access: Access;
}

const view = (reason: Reason): FieldAccess => ({ access: 'VIEW', reason });
const edit = (reason: Reason): FieldAccess => ({ access: 'EDIT', reason });
const hidden = (reason: Reason): FieldAccess => ({ access: 'HIDDEN', reason });

/**
 * The first rule that answers, in the order of the design: not synced, home, own records, dates, protected details,
 * agreement, override, default. `agreement` is the one between the two schools that counts today, or null; `overrides`
 * are the home school's, those for other teaching schools and other students do nothing. A third school has nothing.
 */
export function effectiveAccess(
  field: GuestField,
  profile: AccessProfile,
  callerSchool: string,
  overrides: readonly AccessOverride[],
  agreement: AccessAgreement | null,
  today: string,
): FieldAccess {
  if (field.reason === 'NOT_SYNCED') return hidden('NOT_SYNCED');
  if (callerSchool === profile.homeSchool) return view('HOME_OWNED');
  if (callerSchool !== profile.teachingSchool) return hidden('NO_AGREEMENT');
  const time = whenIs(today, profile, agreement);
  if (field.own) return time === 'during' ? edit('SHARED_RECORD') : view('OWN_RECORD');
  if (time !== 'during') {
    if (tellsOfGuest(field)) return view('OUTSIDE_DATES');
    if (!(time === 'leadIn' && field.leadIn) && !(time === 'runOut' && field.runOut)) return hidden('OUTSIDE_DATES');
  }
  if (field.protectable && profile.protectedDetails) return hidden('PROTECTED');
  if (!inForce(agreement, today) || !agreement?.fieldsCovered.has(field.name)) return withoutAgreement(field, profile);
  const decided = accessSetByHome(field, profile, overrides);
  return time === 'during' ? decided : { ...decided, access: lowest(decided.access, 'VIEW') };
}

/** Whether an agreement is signed by both and `today` lies within it. */
export const inForce = (agreement: AccessAgreement | null, today: string): boolean =>
  agreement?.signedByBoth === true && agreement.from <= today && today <= agreement.to;

/** That the student is or was a guest there, and when: what a teaching school is never left without. */
const tellsOfGuest = ({ name }: GuestField): boolean => name === 'displayName' || name === 'dates';

/** A child's safety outlives a lapsed agreement, as long as the child is taught there (UK GDPR Article 6(1)(d)). */
function withoutAgreement(field: GuestField, profile: AccessProfile): FieldAccess {
  const vital = field.reason === 'SAFETY_FLOOR' || tellsOfGuest(field);
  return vital && profile.taughtToday ? view('VITAL_INTERESTS') : hidden('NO_AGREEMENT');
}

/** Whose access is asked for: one student's at a teaching school, or (with null) every guest's there. */
export interface GuestOfSchool {
  teachingSchool: string;
  studentId: string | null;
}

/** The override that counts for a field: the one for the student, else the one for every guest at the teaching school. */
export function overrideFor<Override extends AccessOverride>(
  field: GuestField,
  { teachingSchool, studentId }: GuestOfSchool,
  overrides: readonly Override[],
): Override | undefined {
  const here = overrides.filter((each) => each.field === field.name && each.teachingSchool === teachingSchool);
  const ofStudent = studentId === null ? undefined : here.find((each) => each.studentId === studentId);
  return ofStudent ?? here.find((each) => each.studentId === null);
}

/** What the home school's choice makes of a field where nothing stands before it: clamped to the bounds; else the default. */
export function accessSetByHome(
  field: GuestField,
  guest: GuestOfSchool,
  overrides: readonly AccessOverride[],
): FieldAccess {
  const override = overrideFor(field, guest, overrides);
  if (!override || !canOverride(field)) return { access: field.default, reason: field.reason };
  return { access: lowest(highest(override.access, field.floor), field.ceiling), reason: 'SCHOOL_OVERRIDE' };
}

type GuestTime = 'before' | 'leadIn' | 'during' | 'runOut' | 'after';

/** Where `today` lies in a guest's time at the teaching school. Lead-in and run-out are the agreement's, or none. */
export function whenIs(today: string, dates: GuestDates, agreement: AccessAgreement | null): GuestTime {
  const { startsOn, endsOn } = dates;
  if (startsOn === null) return 'before';
  if (today < startsOn) return agreement && addDays(startsOn, -agreement.leadInDays) <= today ? 'leadIn' : 'before';
  if (endsOn === null || today <= endsOn) return 'during';
  return agreement && today <= runOutUntil(endsOn, agreement) ? 'runOut' : 'after';
}

/** The first `runOutTo` that is not before the last day: results and appeals are through by the end of September. */
function runOutUntil(endsOn: string, agreement: AccessAgreement): string {
  const year = Number(endsOn.slice(0, 4));
  const sameYear = `${year}-${agreement.runOutTo}`;
  return sameYear >= endsOn ? sameYear : `${year + 1}-${agreement.runOutTo}`;
}

/** Whether a level that was wished for as an override lies within the field's bounds. */
export function overrideProblem(
  field: GuestField,
  wanted: Access,
): 'NOT_OVERRIDABLE' | 'ABOVE_CEILING' | 'BELOW_FLOOR' | null {
  if (!atLeast(field.ceiling, wanted)) return 'ABOVE_CEILING';
  if (!atLeast(wanted, field.floor)) return 'BELOW_FLOOR';
  return canOverride(field) ? null : 'NOT_OVERRIDABLE';
}
