/** Why a field has the access it has, as a sentence that a person can read. */
import type { FieldAccess } from './effective-access.ts';
import type { Access, GuestField, Reason } from './matrix.ts';

const LEVEL: Record<Access, string> = {
  HIDDEN: 'is not shown to the teaching school',
  VIEW: 'can be seen by the teaching school, and changed only by the home school',
  EDIT: 'can be seen and changed by the teaching school',
};

const BECAUSE: Record<Reason, string> = {
  HOME_OWNED: 'it belongs to the home school’s record',
  SHARED_RECORD: 'it is made by the teaching school for its own guests',
  OWN_RECORD: 'the teaching school recorded it, outside the student’s time as a guest',
  SAFETY_FLOOR: 'whoever teaches a child must know it to keep the child safe',
  OUTSIDE_DATES: 'today is outside the student’s dates as a guest',
  PROTECTED: 'the student’s details are protected: call the home school',
  NO_AGREEMENT: 'no data-sharing agreement in force between the two schools covers it',
  VITAL_INTERESTS: 'no agreement covers it, but the student is taught there and may need it to be safe',
  SCHOOL_OVERRIDE: 'the home school set it so',
  NOT_SYNCED: 'it is kept at the home school only',
};

export const explain = (field: GuestField, { access, reason }: FieldAccess): string =>
  `${field.label} ${LEVEL[access]}: ${BECAUSE[reason]}.`;

/** Why a write was refused, without the value: for the error that answers it. */
export const refusalMessage = (fields: readonly string[]): string =>
  `A teaching school may not change ${fields.join(', ')} of a guest student. Nothing was changed.`;
