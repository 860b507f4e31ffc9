/**
 * The matrix: what a teaching school may see and edit of a guest student, row by row. It lives here once, as data; the
 * `@guestAccess` directives of the schema are compared with it, and `schema/guest-access.md` is printed from it.
 */

export const ACCESS_LEVELS = ['HIDDEN', 'VIEW', 'EDIT'] as const;
export type Access = (typeof ACCESS_LEVELS)[number];

export const REASONS = [
  'HOME_OWNED',
  'SHARED_RECORD',
  'OWN_RECORD',
  'SAFETY_FLOOR',
  'OUTSIDE_DATES',
  'PROTECTED',
  'NO_AGREEMENT',
  'VITAL_INTERESTS',
  'SCHOOL_OVERRIDE',
  'NOT_SYNCED',
] as const;
export type Reason = (typeof REASONS)[number];

export interface GuestField {
  name: string;
  /** What a teaching school has where nobody narrowed or widened it, and the bounds of an override. */
  default: Access;
  ceiling: Access;
  floor: Access;
  reason: Reason;
  /** Visible in the lead-in before the guest's first day, because a teacher prepares with it. */
  leadIn?: true;
  /** Visible in the exam run-out after the guest's last day. */
  runOut?: true;
  /** Withheld where the student's details are protected (court order, refuge). */
  protectable?: true;
  /** Recorded by the teaching school itself: its own to edit, and never taken away again. */
  own?: true;
  /** How a person would say it. */
  label: string;
}

type Row = readonly [
  name: string,
  label: string,
  marks?: Partial<Pick<GuestField, 'leadIn' | 'runOut' | 'protectable'>>,
];

const rows = (access: `${Access}/${Access}/${Access}`, reason: Reason, ...list: readonly Row[]): GuestField[] => {
  const [level, ceiling, floor] = access.split('/') as [Access, Access, Access];
  return list.map(([name, label, marks]) => ({ name, label, default: level, ceiling, floor, reason, ...marks }));
};

const own = (...list: readonly Row[]): GuestField[] =>
  rows('EDIT/EDIT/EDIT', 'SHARED_RECORD', ...list).map((field) => ({ ...field, own: true }));

const LEAD_IN = { leadIn: true } as const;
const RUN_OUT = { runOut: true } as const;

/** Levels are `default/ceiling/floor`. A row can be overridden where its floor and its ceiling differ. */
export const GUEST_FIELDS: readonly GuestField[] = [
  ...rows(
    'VIEW/VIEW/VIEW',
    'HOME_OWNED',
    ['displayName', 'Name'],
    ['preferredFirstName', 'Preferred first name'],
    ['preferredLastName', 'Preferred last name'],
    ['sex', 'Sex'],
    ['dates', 'Dates as a guest'],
  ),
  ...rows(
    'VIEW/VIEW/VIEW',
    'SHARED_RECORD',
    ['yearGroup', 'Year group at the teaching school', LEAD_IN],
    ['registrationForm', 'Registration form at the teaching school', LEAD_IN],
  ),
  ...rows(
    'VIEW/VIEW/HIDDEN',
    'HOME_OWNED',
    ['legalFirstName', 'Legal first name'],
    ['legalLastName', 'Legal last name'],
    ['dateOfBirth', 'Date of birth', RUN_OUT],
  ),
  ...rows(
    'VIEW/VIEW/VIEW',
    'SAFETY_FLOOR',
    ['emergencyContacts', 'Emergency contacts'],
    ['contactRestrictions', 'Who may and must not collect', LEAD_IN],
    ['dietaryRequirements', 'Dietary requirements', LEAD_IN],
    ['medicalConditions', 'Medical conditions with an action for staff', LEAD_IN],
  ),
  ...rows(
    'VIEW/VIEW/HIDDEN',
    'HOME_OWNED',
    ['otherMedicalConditions', 'Other medical conditions'],
    ['address', 'Address', { protectable: true }],
    ['upn', 'Unique pupil number'],
    ['uci', 'Unique candidate identifier', RUN_OUT],
    ['uln', 'Unique learner number', RUN_OUT],
    ['picture', 'Picture', { protectable: true }],
    ['languages', 'Languages'],
  ),
  ...rows('VIEW/VIEW/VIEW', 'HOME_OWNED', ['pinnedItems', 'Pinned items']),
  ...rows('VIEW/EDIT/VIEW', 'HOME_OWNED', ['accessArrangements', 'Access arrangements', { ...LEAD_IN, ...RUN_OUT }]),
  ...rows(
    'VIEW/VIEW/VIEW',
    'HOME_OWNED',
    ['senStatus', 'Special educational needs: status', LEAD_IN],
    ['supportStrategies', 'Support strategies', LEAD_IN],
  ),
  ...rows(
    'VIEW/VIEW/HIDDEN',
    'HOME_OWNED',
    ['senNeeds', 'Special educational needs: needs'],
    ['freeSchoolMeals', 'Free school meals'],
    ['inCare', 'In care now'],
  ),
  ...rows('VIEW/VIEW/VIEW', 'HOME_OWNED', ['absenceExplained', 'Whether an absence is explained']),
  ...rows('VIEW/VIEW/HIDDEN', 'HOME_OWNED', ['homeAbsenceNotes', "Absence notes of the student's home school"]),
  ...own(
    ['ownAbsenceNotes', "The teaching school's own absence notes"],
    ['lessonAttendance', 'Attendance at its lessons'],
  ),
  ...rows('VIEW/VIEW/VIEW', 'HOME_OWNED', ['sessionAttendance', 'Attendance at the home school']),
  ...own(['ownAssessments', 'Assessments of its own courses']),
  ...rows('VIEW/VIEW/HIDDEN', 'HOME_OWNED', ['otherAssessments', 'Other assessments']),
  ...rows(
    'HIDDEN/HIDDEN/HIDDEN',
    'NOT_SYNCED',
    ['detentions', 'Detentions'],
    ['meals', 'Meals'],
    ['mealAccount', 'Meal account'],
    ['behaviour', 'Behaviour'],
    ['safeguarding', 'Safeguarding'],
    ['ethnicity', 'Ethnicity'],
    ['religion', 'Religion'],
    ['privateNotes', 'Private notes'],
  ),
];

const byName: ReadonlyMap<string, GuestField> = new Map(GUEST_FIELDS.map((field) => [field.name, field]));

export const guestField = (name: string): GuestField | undefined => byName.get(name);

export const canOverride = (field: GuestField): boolean => field.floor !== field.ceiling;

export const atLeast = (access: Access, wanted: Access): boolean =>
  ACCESS_LEVELS.indexOf(access) >= ACCESS_LEVELS.indexOf(wanted);

export const lowest = (one: Access, other: Access): Access => (atLeast(one, other) ? other : one);
export const highest = (one: Access, other: Access): Access => (atLeast(one, other) ? one : other);
