/**
 * Every row of the matrix in every situation. What is expected was written out from the design's prose, row by row; no
 * level, bound or reason here comes from the code.
 */
import { describe, expect, it } from 'vitest';
import {
  type AccessAgreement,
  type AccessOverride,
  type AccessProfile,
  effectiveAccess,
  inForce,
  overrideProblem,
  whenIs,
} from './effective-access.ts';
import { type Access, GUEST_FIELDS, type GuestField, guestField } from './matrix.ts';

const [HOME, TEACHING, OTHER] = ['900001', '900002', '900003'];
const [STUDENT, CLASSMATE] = ['student', 'classmate'];

const PROFILE: AccessProfile = {
  homeSchool: HOME,
  teachingSchool: TEACHING,
  studentId: STUDENT,
  protectedDetails: false,
  startsOn: '2026-09-07',
  endsOn: '2027-06-25',
  taughtToday: true,
};

const ROWS = `displayName preferredFirstName preferredLastName sex dates yearGroup registrationForm legalFirstName
  legalLastName dateOfBirth emergencyContacts contactRestrictions dietaryRequirements medicalConditions
  otherMedicalConditions address upn uci uln picture languages pinnedItems accessArrangements senStatus
  supportStrategies senNeeds freeSchoolMeals inCare absenceExplained homeAbsenceNotes ownAbsenceNotes
  lessonAttendance sessionAttendance ownAssessments otherAssessments detentions meals mealAccount behaviour
  safeguarding ethnicity religion privateNotes`.split(/\s+/);

const AGREEMENT: AccessAgreement = {
  from: '2026-09-01',
  to: '2028-08-31',
  signedByBoth: true,
  fieldsCovered: new Set(ROWS),
  leadInDays: 28,
  runOutTo: '09-30',
};

const NOT_SYNCED = `
  HIDDEN NOT_SYNCED: detentions meals mealAccount behaviour safeguarding ethnicity religion privateNotes`;

const OWN_DURING = `
  EDIT SHARED_RECORD: ownAbsenceNotes lessonAttendance ownAssessments`;

const OWN_AFTERWARDS = `
  VIEW OWN_RECORD: ownAbsenceNotes lessonAttendance ownAssessments`;

const DEFAULTS = `
  VIEW HOME_OWNED: displayName preferredFirstName preferredLastName sex dates legalFirstName legalLastName dateOfBirth
    otherMedicalConditions address upn uci uln picture languages pinnedItems accessArrangements senStatus
    supportStrategies senNeeds freeSchoolMeals inCare absenceExplained homeAbsenceNotes sessionAttendance
    otherAssessments
  VIEW SHARED_RECORD: yearGroup registrationForm
  VIEW SAFETY_FLOOR: emergencyContacts contactRestrictions dietaryRequirements medicalConditions
  ${OWN_DURING} ${NOT_SYNCED}`;

const NEVER_A_GUEST_TODAY = `
  VIEW OUTSIDE_DATES: displayName dates
  HIDDEN OUTSIDE_DATES: *
  ${OWN_AFTERWARDS} ${NOT_SYNCED}`;

const NOT_AGREED = `
  HIDDEN NO_AGREEMENT: *
  ${OWN_DURING} ${NOT_SYNCED}`;

const SAFETY_ONLY = `
  VIEW VITAL_INTERESTS: displayName dates emergencyContacts contactRestrictions dietaryRequirements medicalConditions
  ${NOT_AGREED}`;

const LEAD_IN = `
  VIEW OUTSIDE_DATES: displayName dates
  VIEW SHARED_RECORD: yearGroup registrationForm
  VIEW SAFETY_FLOOR: medicalConditions dietaryRequirements contactRestrictions
  VIEW HOME_OWNED: senStatus supportStrategies accessArrangements
  HIDDEN OUTSIDE_DATES: *
  ${OWN_AFTERWARDS} ${NOT_SYNCED}`;

const RUN_OUT = `
  VIEW OUTSIDE_DATES: displayName dates
  VIEW HOME_OWNED: dateOfBirth uci uln accessArrangements
  HIDDEN OUTSIDE_DATES: *
  ${OWN_AFTERWARDS} ${NOT_SYNCED}`;

interface Situation {
  name: string;
  caller?: string;
  profile?: Partial<AccessProfile>;
  agreement?: Partial<AccessAgreement> | null;
  overrides?: AccessOverride[];
  today?: string;
  /** `LEVEL REASON: rows`, and `*` for the rows that are not named otherwise. */
  expected: string;
}

const SITUATIONS: Situation[] = [
  {
    name: 'the home school sees every synced row, whatever it set, and whatever the dates',
    caller: HOME,
    profile: { protectedDetails: true, taughtToday: false },
    agreement: null,
    overrides: [{ teachingSchool: TEACHING, field: 'address', studentId: null, access: 'HIDDEN' }],
    today: '2030-01-01',
    expected: `VIEW HOME_OWNED: * ${NOT_SYNCED}`,
  },
  { name: 'the teaching school has the defaults inside the dates', expected: DEFAULTS },
  { name: 'on the first day', today: '2026-09-07', expected: DEFAULTS },
  { name: 'on the last day', today: '2027-06-25', expected: DEFAULTS },
  { name: 'with an enrolment that is open', profile: { endsOn: null }, today: '2028-03-01', expected: DEFAULTS },
  {
    name: 'another teaching school has nothing of it',
    caller: OTHER,
    expected: `HIDDEN NO_AGREEMENT: * ${NOT_SYNCED}`,
  },
  {
    name: 'protected details hide address and picture',
    profile: { protectedDetails: true },
    expected: `HIDDEN PROTECTED: address picture ${DEFAULTS}`,
  },
  {
    name: 'protected details go before an override',
    profile: { protectedDetails: true },
    overrides: [{ teachingSchool: TEACHING, field: 'address', studentId: STUDENT, access: 'VIEW' }],
    expected: `HIDDEN PROTECTED: address picture ${DEFAULTS}`,
  },
  {
    name: 'protected details go before a missing agreement',
    profile: { protectedDetails: true },
    agreement: null,
    expected: `HIDDEN PROTECTED: address picture ${SAFETY_ONLY}`,
  },
  {
    name: 'on the first day of the lead-in',
    today: '2026-08-10',
    agreement: { from: '2026-08-01' },
    expected: LEAD_IN,
  },
  { name: 'on the last day of the lead-in', today: '2026-09-06', expected: LEAD_IN },
  { name: 'before the lead-in', today: '2026-08-09', agreement: { from: '2026-08-01' }, expected: NEVER_A_GUEST_TODAY },
  {
    name: 'before the first day where the agreement allows no lead-in',
    today: '2026-09-06',
    agreement: { leadInDays: 0 },
    expected: NEVER_A_GUEST_TODAY,
  },
  {
    name: 'in the lead-in without an agreement in force nothing is prepared with',
    today: '2026-08-31',
    profile: { taughtToday: false },
    expected: `
      VIEW OUTSIDE_DATES: displayName dates
      HIDDEN NO_AGREEMENT: yearGroup registrationForm medicalConditions dietaryRequirements contactRestrictions senStatus
        supportStrategies accessArrangements
      HIDDEN OUTSIDE_DATES: *
      ${OWN_AFTERWARDS} ${NOT_SYNCED}`,
  },
  {
    name: 'in the lead-in what home lets be edited is to be seen only',
    today: '2026-09-06',
    overrides: [{ teachingSchool: TEACHING, field: 'accessArrangements', studentId: null, access: 'EDIT' }],
    expected: `VIEW SCHOOL_OVERRIDE: accessArrangements ${LEAD_IN}`,
  },
  {
    name: 'on the first day of the exam run-out',
    today: '2027-06-26',
    profile: { taughtToday: false },
    expected: RUN_OUT,
  },
  {
    name: 'on the last day of the exam run-out',
    today: '2027-09-30',
    profile: { taughtToday: false },
    expected: RUN_OUT,
  },
  {
    name: 'after the exam run-out the profile has ended',
    today: '2027-10-01',
    profile: { taughtToday: false },
    expected: NEVER_A_GUEST_TODAY,
  },
  {
    name: 'an enrolment that ends in autumn runs out in the September after it',
    today: '2027-09-30',
    profile: { endsOn: '2026-12-18', taughtToday: false },
    expected: RUN_OUT,
  },
  {
    name: 'the length of the run-out stands in the agreement',
    today: '2027-09-01',
    profile: { taughtToday: false },
    agreement: { runOutTo: '08-31' },
    expected: NEVER_A_GUEST_TODAY,
  },
  {
    name: 'in the run-out an override still narrows, and never lets edit',
    today: '2027-08-20',
    profile: { taughtToday: false },
    overrides: [
      { teachingSchool: TEACHING, field: 'uln', studentId: null, access: 'HIDDEN' },
      { teachingSchool: TEACHING, field: 'accessArrangements', studentId: null, access: 'EDIT' },
    ],
    expected: `HIDDEN SCHOOL_OVERRIDE: uln
      VIEW SCHOOL_OVERRIDE: accessArrangements ${RUN_OUT}`,
  },
  {
    name: 'after an agreement has ended the run-out is covered by none',
    today: '2027-09-05',
    profile: { taughtToday: false },
    agreement: { to: '2027-08-31' },
    expected: `
      VIEW OUTSIDE_DATES: displayName dates
      HIDDEN NO_AGREEMENT: dateOfBirth uci uln accessArrangements
      HIDDEN OUTSIDE_DATES: *
      ${OWN_AFTERWARDS} ${NOT_SYNCED}`,
  },
  {
    name: 'without any agreement there is neither lead-in nor run-out',
    today: '2027-08-20',
    profile: { taughtToday: false },
    agreement: null,
    expected: NEVER_A_GUEST_TODAY,
  },
  {
    name: 'a guest without an enrolment left',
    profile: { startsOn: null, endsOn: null, taughtToday: false },
    expected: NEVER_A_GUEST_TODAY,
  },
  { name: 'taught without an agreement: what keeps the child safe', agreement: null, expected: SAFETY_ONLY },
  {
    name: 'taught under an agreement that one school has not signed',
    agreement: { signedByBoth: false },
    expected: SAFETY_ONLY,
  },
  { name: 'taught after the agreement’s last day', agreement: { to: '2026-11-17' }, expected: SAFETY_ONLY },
  { name: 'taught before the agreement’s first day', agreement: { from: '2026-11-19' }, expected: SAFETY_ONLY },
  { name: 'on the agreement’s last day', agreement: { to: '2026-11-18' }, expected: DEFAULTS },
  { name: 'on the agreement’s first day', agreement: { from: '2026-11-18' }, expected: DEFAULTS },
  {
    name: 'not taught today and without an agreement not even that',
    profile: { taughtToday: false },
    agreement: null,
    expected: NOT_AGREED,
  },
  {
    name: 'fields that the agreement does not list',
    agreement: {
      fieldsCovered: new Set(ROWS.filter((row) => !['address', 'upn', 'emergencyContacts', 'dates'].includes(row))),
    },
    expected: `HIDDEN NO_AGREEMENT: address upn
      VIEW VITAL_INTERESTS: emergencyContacts dates ${DEFAULTS}`,
  },
  {
    name: 'a field that the agreement does not list is not opened by an override',
    agreement: { fieldsCovered: new Set(ROWS.filter((row) => row !== 'accessArrangements')) },
    overrides: [{ teachingSchool: TEACHING, field: 'accessArrangements', studentId: null, access: 'EDIT' }],
    expected: `HIDDEN NO_AGREEMENT: accessArrangements ${DEFAULTS}`,
  },
  {
    name: 'an override for another teaching school does nothing here',
    overrides: [{ teachingSchool: OTHER, field: 'address', studentId: null, access: 'HIDDEN' }],
    expected: DEFAULTS,
  },
  {
    name: 'an override for another student does nothing for this one',
    overrides: [{ teachingSchool: TEACHING, field: 'address', studentId: CLASSMATE, access: 'HIDDEN' }],
    expected: DEFAULTS,
  },
  {
    name: 'the override for the student goes before the school’s',
    overrides: [
      { teachingSchool: TEACHING, field: 'address', studentId: null, access: 'HIDDEN' },
      { teachingSchool: TEACHING, field: 'address', studentId: STUDENT, access: 'VIEW' },
      { teachingSchool: TEACHING, field: 'upn', studentId: STUDENT, access: 'HIDDEN' },
      { teachingSchool: TEACHING, field: 'upn', studentId: null, access: 'VIEW' },
      { teachingSchool: TEACHING, field: 'picture', studentId: null, access: 'HIDDEN' },
    ],
    expected: `VIEW SCHOOL_OVERRIDE: address
      HIDDEN SCHOOL_OVERRIDE: upn picture ${DEFAULTS}`,
  },
];

const rowNamed = (name: string): GuestField => {
  const field = guestField(name);
  if (!field) throw new Error(`The matrix has no row "${name}".`);
  return field;
};

/** The first line that names a row, else the line of `*`. */
function expectation(expected: string, row: string): string {
  const lines = [...expected.matchAll(/([A-Z]+ [A-Z_]+):([^:]*?)(?=\s[A-Z]+ [A-Z_]+:|\s*$)/g)];
  const named = lines.find(([, , rows]) => rows?.trim().split(/\s+/).includes(row));
  return (named ?? lines.find(([, , rows]) => rows?.trim() === '*'))?.[1] ?? 'not in the table';
}

function decide(row: string, situation: Omit<Situation, 'name' | 'expected'>): string {
  const { caller = TEACHING, profile, agreement, overrides = [], today = '2026-11-18' } = situation;
  const terms = agreement === null ? null : { ...AGREEMENT, ...agreement };
  const { access, reason } = effectiveAccess(
    rowNamed(row),
    { ...PROFILE, ...profile },
    caller,
    overrides,
    terms,
    today,
  );
  return `${access} ${reason}`;
}

describe('effective access', () => {
  it('is asked for every row of the matrix, and for no other', () => {
    expect(GUEST_FIELDS.map(({ name }) => name).sort()).toEqual([...ROWS].sort());
  });

  it.each(SITUATIONS)('$name', ({ expected, ...situation }) => {
    const decided = ROWS.map((row) => [row, decide(row, situation)]);
    expect(decided).toEqual(ROWS.map((row) => [row, expectation(expected, row)]));
  });
});

/** What the home school may set, from the column "override" of the matrix and its bounds. */
const OVERRIDES: { rows: string; allowed: Access[]; refused: [Access, string][] }[] = [
  {
    rows: `legalFirstName legalLastName dateOfBirth otherMedicalConditions address upn uci uln picture languages senNeeds
      freeSchoolMeals inCare homeAbsenceNotes otherAssessments`,
    allowed: ['HIDDEN', 'VIEW'],
    refused: [['EDIT', 'ABOVE_CEILING']],
  },
  { rows: 'accessArrangements', allowed: ['VIEW', 'EDIT'], refused: [['HIDDEN', 'BELOW_FLOOR']] },
  {
    rows: `displayName preferredFirstName preferredLastName sex dates yearGroup registrationForm emergencyContacts
      contactRestrictions dietaryRequirements medicalConditions pinnedItems senStatus supportStrategies absenceExplained
      sessionAttendance`,
    allowed: [],
    refused: [
      ['HIDDEN', 'BELOW_FLOOR'],
      ['VIEW', 'NOT_OVERRIDABLE'],
      ['EDIT', 'ABOVE_CEILING'],
    ],
  },
  {
    rows: 'ownAbsenceNotes lessonAttendance ownAssessments',
    allowed: [],
    refused: [
      ['HIDDEN', 'BELOW_FLOOR'],
      ['VIEW', 'BELOW_FLOOR'],
      ['EDIT', 'NOT_OVERRIDABLE'],
    ],
  },
  {
    rows: 'detentions meals mealAccount behaviour safeguarding ethnicity religion privateNotes',
    allowed: [],
    refused: [
      ['HIDDEN', 'NOT_OVERRIDABLE'],
      ['VIEW', 'ABOVE_CEILING'],
      ['EDIT', 'ABOVE_CEILING'],
    ],
  },
];

describe('overrides', () => {
  const cases = OVERRIDES.flatMap(({ rows, ...levels }) => rows.split(/\s+/).map((row) => ({ row, ...levels })));

  it('are said for every row', () => {
    expect(cases.map(({ row }) => row).sort()).toEqual([...ROWS].sort());
  });

  describe.each(cases)('of $row', ({ row, allowed, refused }) => {
    it.each(allowed)('%s is accepted, and holds for the school and for the student', (access) => {
      expect(overrideProblem(rowNamed(row), access)).toBeNull();
      for (const studentId of [null, STUDENT]) {
        const overrides = [{ teachingSchool: TEACHING, field: row, studentId, access }];
        expect(decide(row, { overrides })).toBe(`${access} SCHOOL_OVERRIDE`);
      }
    });

    it.each(refused)('%s is refused as %s, and were it stored would not pass the bounds', (access, problem) => {
      expect(overrideProblem(rowNamed(row), access)).toBe(problem);
      const overrides = [{ teachingSchool: TEACHING, field: row, studentId: null, access }];
      const bound = allowed.length === 0 ? expectation(DEFAULTS, row) : 'VIEW SCHOOL_OVERRIDE';
      expect(decide(row, { overrides })).toBe(bound);
    });
  });
});

describe('the time of a guest', () => {
  it.each([
    ['2026-08-09', 'before'],
    ['2026-08-10', 'leadIn'],
    ['2026-09-07', 'during'],
    ['2027-06-25', 'during'],
    ['2027-06-26', 'runOut'],
    ['2027-09-30', 'runOut'],
    ['2027-10-01', 'after'],
  ])('on %s is %s', (today, time) => {
    expect(whenIs(today, PROFILE, AGREEMENT)).toBe(time);
  });

  it('has no run-out where the last day is the day of the year to which it would run', () => {
    expect(whenIs('2027-10-01', { ...PROFILE, endsOn: '2027-09-30' }, AGREEMENT)).toBe('after');
  });

  it('counts the lead-in back over a month and a leap day', () => {
    const dates = { startsOn: '2028-03-10', endsOn: null };
    expect(whenIs('2028-02-11', dates, AGREEMENT)).toBe('leadIn');
    expect(whenIs('2028-02-10', dates, AGREEMENT)).toBe('before');
  });
});

it('an agreement is in force on its first and last day, signed by both', () => {
  const days = ['2026-08-31', '2026-09-01', '2028-08-31', '2028-09-01'];
  expect(days.map((today) => inForce(AGREEMENT, today))).toEqual([false, true, true, false]);
  expect(inForce({ ...AGREEMENT, signedByBoth: false }, '2027-01-01')).toBe(false);
  expect(inForce(null, '2027-01-01')).toBe(false);
});
