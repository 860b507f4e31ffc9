/** The fields of a person's record, each with the selection that shows it. */

export interface RecordField {
  name: string;
  /** The field with its arguments and its selection. */
  text: string;
  /** Whether `StudentProfile` has it. */
  inInterface: boolean;
}

const inBoth = (name: string, rest = ''): RecordField => ({ name, text: `${name}${rest}`, inInterface: true });
const inOne = (name: string, rest = ''): RecordField => ({ name, text: `${name}${rest}`, inInterface: false });

const SHARED: readonly RecordField[] = [
  ...[
    'displayName',
    'preferredFirstName',
    'preferredLastName',
    'sex',
    'legalFirstName',
    'legalLastName',
    'dateOfBirth',
    'upn',
    'uci',
    'uln',
    'senStatus',
    'supportStrategies',
  ].map((name) => inBoth(name)),
  inBoth('emergencyContacts', ' { priority name relationship phone }'),
  inBoth('contactRestrictions', ' { kind name note }'),
  inBoth('address', ' { lines postcode }'),
  inBoth('dietaryRequirements', ' { type note }'),
  inBoth('medicalConditions', ' { name severity healthcarePlan { action } }'),
  inBoth('otherMedicalConditions', ' { name severity }'),
  inBoth('languages', ' { language isFirstLanguage }'),
  inBoth('senNeeds', ' { rank type }'),
  inBoth('accessArrangements', ' { arrangement evidence { text } }'),
  inBoth('freeSchoolMeals', ' { eligible }'),
  inBoth('inCare', ' { current }'),
  inBoth('pinnedItems', ' { title about }'),
  inBoth('absenceNotes', ' { text writtenBy { name } }'),
  inBoth('absenceExplained', '(on: "2026-11-17")'),
  inBoth('sessionAttendance', '(last: 3) { date session presence mark }'),
  inBoth('picture', ' { url }'),
];

export const HOME_FIELDS: readonly RecordField[] = [
  ...SHARED,
  ...['yearGroup', 'formerUpns', 'rollStatus', 'joinedOn', 'protectedDetails'].map((name) => inOne(name)),
  inOne('registrationForm', ' { name }'),
  inOne('detentions', ' { reason }'),
  inOne('meals', ' { name }'),
  inOne('mealAccount', ' { balance }'),
];

export const GUEST_FIELDS: readonly RecordField[] = [
  ...SHARED,
  inOne('yearGroup'),
  inOne('registrationForm', ' { name }'),
  inOne('homeSchool', ' { urn }'),
  inOne('teachingSchool', ' { urn }'),
  inOne('schoolEnrolment', ' { startDate endDate }'),
  inOne('academicYearEnrolments', ' { startDate }'),
  inOne('fieldAccess', ' { field access reason }'),
];
