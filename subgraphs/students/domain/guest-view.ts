/** What of a home record a guest profile shows: the grant's word, and what the record itself withholds. */
import type { FieldAccess } from '../../kernel/guest-access/effective-access.ts';
import type { Grant } from '../../kernel/guest-access/grant.ts';
import { guestField } from '../../kernel/guest-access/matrix.ts';
import type { AbsenceNoteRow, EmergencyContactItem } from './student-record.ts';

/** One reading of a guest profile: by whose grant, of which record, from which school. */
export interface GuestReading {
  grant: Pick<Grant, 'access' | 'homeSchool'>;
  /** On the student's record now: shared-teaching learns of a change a moment later. */
  protectedDetails: boolean;
  callerSchool: string | null;
}

/** A row that the grant does not name is hidden. */
export function accessTo(row: string, { grant, protectedDetails, callerSchool }: GuestReading): FieldAccess {
  const granted = grant.access.get(row) ?? { access: 'HIDDEN', reason: 'NO_AGREEMENT' };
  if (granted.access === 'HIDDEN' || callerSchool === grant.homeSchool) return granted;
  const withheld = protectedDetails && guestField(row)?.protectable;
  return withheld ? { access: 'HIDDEN', reason: 'PROTECTED' } : granted;
}

/** Which contacts' phones a teaching school does not get: their places in the list, from 0. */
export const phonesWithheld = (contacts: readonly EmergencyContactItem[], protectedDetails: boolean): number[] =>
  [...contacts.keys()].filter((index) => protectedDetails || contacts[index]?.protectedPhone);

interface NoteReading {
  homeSchool: string;
  callerSchool: string | null;
  /** Whether the home school's notes are shown, and whether those of the caller's own school. */
  home: boolean;
  own: boolean;
}

/** Note by note; what another teaching school wrote is the home school's to see. */
export const notesShown = (
  notes: readonly AbsenceNoteRow[],
  { homeSchool, callerSchool, home, own }: NoteReading,
): AbsenceNoteRow[] =>
  notes.filter(({ writtenBySchool }) => {
    if (writtenBySchool === homeSchool) return home;
    return own && (callerSchool === homeSchool || writtenBySchool === callerSchool);
  });
