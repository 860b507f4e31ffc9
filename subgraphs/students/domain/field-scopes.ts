/**
 * Which scope reads a field of a student, by the field's name or the name of its row in the guest matrix. The schema's
 * `@requiresScopes` says the same of fields; here it also serves the fields of an input, and what a pinned item is about.
 */
import { guestField } from '../../kernel/guest-access/matrix.ts';

/** By scope: the fields that it reads. A field that stands in two is read with either. */
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'students:read': [
    'displayName',
    'preferredFirstName',
    'preferredLastName',
    'sex',
    'dates',
    'yearGroup',
    'registrationForm',
    'languages',
    'pinnedItems',
    'rollStatus',
    'joinedOn',
    'leftOn',
  ],
  'students:legal': ['legalFirstName', 'legalLastName', 'dateOfBirth'],
  'students:identifiers': ['upn', 'uci', 'uln', 'formerUpns'],
  'students:contacts': ['emergencyContacts', 'contactRestrictions'],
  'students:address': ['address', 'protectedDetails'],
  'students:health': ['dietaryRequirements', 'medicalConditions', 'otherMedicalConditions'],
  'students:catering': ['dietaryRequirements', 'freeSchoolMeals'],
  'students:support': ['senStatus', 'supportStrategies', 'accessArrangements'],
  'students:send': ['senNeeds'],
  'students:eligibility': ['freeSchoolMeals', 'inCare'],
  'students:picture': ['picture'],
  'students:welfare': [
    'detentions',
    'meals',
    'mealAccount',
    // no field of the graph shows these: whoever pins one of them works with a child's welfare
    'behaviour',
    'safeguarding',
    'ethnicity',
    'religion',
    'privateNotes',
  ],
  'notes:read': ['absenceNotes', 'homeAbsenceNotes', 'ownAbsenceNotes', 'absenceExplained'],
  'attendance:read': ['absenceExplained', 'sessionAttendance', 'lessonAttendance'],
  'assessments:read': ['ownAssessments', 'otherAssessments'],
};

/** The scopes of which one is needed to read a field; none for a field that does not exist. */
export const scopesReading = (field: string): string[] =>
  Object.keys(FIELDS).filter((scope) => FIELDS[scope]?.includes(field));

export const mayRead = (scopes: readonly string[], field: string): boolean =>
  scopesReading(field).some((scope) => scopes.includes(scope));

/** Those of the fields that a caller with these scopes may not read. */
export const unreadable = (scopes: readonly string[], fields: readonly string[]): string[] =>
  fields.filter((field) => !mayRead(scopes, field));

/** Whether a home school can pin an item about this row: a record of its own, not what a teaching school recorded. */
export const canBePinned = (row: string): boolean => {
  const field = guestField(row);
  return field !== undefined && !field.own && row !== 'dates' && row !== 'pinnedItems';
};
