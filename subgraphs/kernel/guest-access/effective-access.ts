/** The one place that decides what a caller's school has of one field of one guest profile on one day. Pure. */
import { type Access, atLeast, type GuestField, highest, lowest, type Reason } from './matrix.ts';

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
 * are those that the home school set for this teaching school.
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
  const time = whenIs(today, profile, agreement);
  if (field.own) return time === 'during' ? edit('SHARED_RECORD') : view('OWN_RECORD');
  if (time !== 'during') {
    if (field.name === 'displayName' || field.name === 'dates') return view('OUTSIDE_DATES');
    if (!(time === 'leadIn' && field.leadIn) && !(time === 'runOut' && field.runOut)) return hidden('OUTSIDE_DATES');
  }
  if (field.protectable && profile.protectedDetails) return hidden('PROTECTED');
  if (!inForce(agreement, today) || !agreement?.fieldsCovered.has(field.name)) return withoutAgreement(field, profile);
  const decided = overridden(field, profile, overrides);
  return time === 'during' ? decided : { ...decided, access: lowest(decided.access, 'VIEW') };
}

/** Whether an agreement is signed by both and `today` lies within it. */
export const inForce = (agreement: AccessAgreement | null, today: string): boolean =>
  agreement?.signedByBoth === true && agreement.from <= today && today <= agreement.to;

/** A child's safety outlives a lapsed agreement, as long as the child is taught there (UK GDPR Article 6(1)(d)). */
function withoutAgreement(field: GuestField, profile: AccessProfile): FieldAccess {
  const vital = field.reason === 'SAFETY_FLOOR' || field.name === 'displayName' || field.name === 'dates';
  return vital && profile.taughtToday ? view('VITAL_INTERESTS') : hidden('NO_AGREEMENT');
}

function overridden(field: GuestField, profile: AccessProfile, overrides: readonly AccessOverride[]): FieldAccess {
  const ofField = overrides.filter((each) => each.field === field.name);
  const override =
    ofField.find((each) => each.studentId === profile.studentId) ?? ofField.find((each) => each.studentId === null);
  if (!override || field.floor === field.ceiling) return { access: field.default, reason: field.reason };
  const access = lowest(highest(override.access, field.floor), field.ceiling);
  return { access, reason: 'SCHOOL_OVERRIDE' };
}

export type GuestTime = 'before' | 'leadIn' | 'during' | 'runOut' | 'after';

/** Where `today` lies in a guest's time at the teaching school. Lead-in and run-out are the agreement's, or none. */
export function whenIs(today: string, dates: GuestDates, agreement: AccessAgreement | null): GuestTime {
  const { startsOn, endsOn } = dates;
  if (startsOn === null) return 'before';
  if (today < startsOn) return agreement && leadInFrom(startsOn, agreement) <= today ? 'leadIn' : 'before';
  if (endsOn === null || today <= endsOn) return 'during';
  return agreement && today <= runOutUntil(endsOn, agreement) ? 'runOut' : 'after';
}

function leadInFrom(startsOn: string, agreement: AccessAgreement): string {
  const day = new Date(`${startsOn}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() - agreement.leadInDays);
  return day.toISOString().slice(0, 10);
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
  return field.floor === field.ceiling ? 'NOT_OVERRIDABLE' : null;
}
