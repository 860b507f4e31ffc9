/**
 * Who may read what, written out by hand from the design's prose (roles and scopes; the guest matrix), so that the graph's
 * own tables are not compared with themselves.
 */
import type { Role } from '../../../subgraphs/kernel/caller.ts';

/** The scopes that open fields of a record to readers, by role. */
const READING: Readonly<Record<Role, string>> = {
  TEACHER: 'read contacts health support picture attendance notes courses',
  ATTENDANCE_OFFICE: 'read legal contacts address health attendance notes',
  SENCO: 'read legal contacts health support send picture notes attendance',
  DESIGNATED_LEAD: 'read legal contacts health support send picture notes attendance eligibility address welfare',
  EXAMS_OFFICER: 'read legal identifiers support courses',
  CATERING: 'read catering',
  DATA_LEAD:
    'read legal identifiers contacts address health support send eligibility catering picture welfare attendance notes courses sharing',
  SUPPORT: '',
  ANALYST: '',
};

/** The scopes of a row: any one of the lists, and all that it names. */
const SCOPES_OF: Readonly<Record<string, readonly (readonly string[])[]>> = {
  displayName: [['read']],
  preferredFirstName: [['read']],
  preferredLastName: [['read']],
  sex: [['read']],
  yearGroup: [['read']],
  registrationForm: [['read']],
  schoolEnrolment: [['read']],
  academicYearEnrolments: [['read']],
  homeSchool: [['read']],
  teachingSchool: [['read']],
  guestProfiles: [['read']],
  rollStatus: [['read']],
  joinedOn: [['read']],
  languages: [['read']],
  pinnedItems: [['read']],
  fieldAccess: [['read']],
  legalFirstName: [['legal']],
  legalLastName: [['legal']],
  dateOfBirth: [['legal']],
  upn: [['identifiers']],
  uci: [['identifiers']],
  uln: [['identifiers']],
  formerUpns: [['identifiers']],
  emergencyContacts: [['contacts']],
  contactRestrictions: [['contacts']],
  address: [['address']],
  protectedDetails: [['address']],
  medicalConditions: [['health']],
  otherMedicalConditions: [['health']],
  dietaryRequirements: [['health'], ['catering']],
  senStatus: [['support']],
  supportStrategies: [['support']],
  accessArrangements: [['support']],
  senNeeds: [['send']],
  inCare: [['eligibility']],
  freeSchoolMeals: [['eligibility'], ['catering']],
  picture: [['picture']],
  absenceNotes: [['notes']],
  absenceExplained: [['notes'], ['attendance']],
  sessionAttendance: [['attendance']],
  detentions: [['welfare']],
  meals: [['welfare']],
  mealAccount: [['welfare']],
  courses: [['courses']],
  agreements: [['sharing']],
};

export function holdsScopesOf(role: Role | null, row: string): boolean {
  const needed = SCOPES_OF[row];
  if (!needed) throw new Error(`The oracle does not know of ${row}.`);
  return role !== null && needed.some((all) => all.every((scope) => READING[role].split(' ').includes(scope)));
}

/** A school at which something may be read, by whom. */
export interface Readers {
  school: string;
  /** The rows whose scopes are all needed. */
  rows: readonly string[];
  /** Ids of the teachers who may: those who teach the student there. `all`, where it is no student's. */
  teachers: 'all' | readonly string[];
}

interface Asking {
  id: string | null;
  role: Role | null;
  school: string | null;
}

export const mayRead = ({ id, role, school }: Asking, readers: readonly Readers[]): boolean =>
  readers.some(
    (each) =>
      each.school === school &&
      each.rows.every((row) => holdsScopesOf(role, row)) &&
      (role !== 'TEACHER' || each.teachers === 'all' || (id !== null && each.teachers.includes(id))),
  );
