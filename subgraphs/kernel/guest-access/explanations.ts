/** Why a field has the access it has, as a sentence that a person can read. */
import type { FieldAccess } from './effective-access.ts';
import type { Access, GuestField, Reason } from './matrix.ts';

const LEVEL: Record<Access, string> = {
  HIDDEN: 'the teaching school does not see this',
  VIEW: 'the teaching school sees this but cannot change it',
  EDIT: 'the teaching school sees this and can change it',
};

const BECAUSE: Record<Reason, string> = {
  HOME_OWNED: 'it belongs to the home school’s record',
  SHARED_RECORD: 'it is made for the teaching school’s own guests',
  OWN_RECORD: 'the teaching school recorded it, and today is outside the student’s dates as a guest',
  SAFETY_FLOOR: 'whoever teaches a child must know it to keep the child safe',
  OUTSIDE_DATES: 'today is outside the student’s dates as a guest',
  PROTECTED: 'the student’s details are protected; call the home school',
  NO_AGREEMENT: 'no data-sharing agreement in force between the two schools covers it',
  VITAL_INTERESTS: 'no agreement covers it, but the student is taught there and may need it to be safe',
  SCHOOL_OVERRIDE: 'the home school set it so',
  NOT_SYNCED: 'it is kept at the home school only',
};

/** A reason as the second half of a sentence. */
export const because = (reason: Reason): string => BECAUSE[reason];

/** What the teaching school has of a field, and why. `homeTelephone`: for where it is told to call the home school. */
export function explain(
  { label }: GuestField,
  { access, reason }: FieldAccess,
  homeTelephone: string | null = null,
): string {
  const number = reason === 'PROTECTED' && homeTelephone !== null ? `: ${homeTelephone}` : '';
  return `${label}: ${LEVEL[access]}, because ${BECAUSE[reason]}${number}.`;
}

/** The same for a caller of the home school, who reads a guest profile and edits the student's record. */
export const explainAtHome = (field: GuestField, decided: FieldAccess): string =>
  decided.access === 'HIDDEN'
    ? explain(field, decided)
    : `${field.label}: the home school sees this here, and changes it in the student’s own record.`;

/** Why a write was refused, without the value: for the error that answers it, to a teaching school or to the home school. */
export const refusalMessage = (fields: readonly string[]): string =>
  `You may not change ${fields.join(', ')} in a guest profile: what belongs to the home school’s record is changed by the home school, in the student’s own record. Nothing was changed.`;
