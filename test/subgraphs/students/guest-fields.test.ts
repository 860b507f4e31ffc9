import { beforeAll, describe, expect, it } from 'vitest';
import { ALDER, BIRCHWOOD } from '../../../subgraphs/kernel/demo/schools.ts';
import { GUEST_FIELDS } from '../../../subgraphs/kernel/guest-access/matrix.ts';
import {
  seedAbsenceNotes,
  seedAttendance,
  seedEvidence,
  seedPictures,
  seedPinnedItems,
} from '../../../subgraphs/students/demo/day-by-day.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import { HIDDEN, openStudents, profileOf, type StudentsGraph, type TestProfile } from './fixture.ts';

const birchwood = callerOf('data-lead@birchwood.example');

/** Every field of a guest profile in this subgraph, by the row that decides on it; absence notes have two rows. */
const FIELDS: Readonly<Record<string, string>> = {
  displayName: 'displayName',
  preferredFirstName: 'preferredFirstName',
  preferredLastName: 'preferredLastName',
  sex: 'sex',
  legalFirstName: 'legalFirstName',
  legalLastName: 'legalLastName',
  dateOfBirth: 'dateOfBirth',
  upn: 'upn',
  uci: 'uci',
  uln: 'uln',
  emergencyContacts: 'emergencyContacts { priority name relationship phone }',
  contactRestrictions: 'contactRestrictions { kind name note }',
  address: 'address { lines postcode }',
  dietaryRequirements: 'dietaryRequirements { type note }',
  medicalConditions:
    'medicalConditions { name severity healthcarePlan { signs action medicineLocation } evacuationPlan }',
  otherMedicalConditions: 'otherMedicalConditions { name severity }',
  languages: 'languages { language isFirstLanguage proficiency }',
  senStatus: 'senStatus',
  senNeeds: 'senNeeds { rank type }',
  supportStrategies: 'supportStrategies',
  accessArrangements: 'accessArrangements { arrangement extraTimePercentage approvedUntil }',
  freeSchoolMeals: 'freeSchoolMeals { eligible }',
  inCare: 'inCare { current }',
  pinnedItems: 'pinnedItems { title about pinnedUntil }',
  absenceExplained: 'absenceExplained(on: "2026-11-13")',
  sessionAttendance: 'sessionAttendance { date session presence mark }',
  picture: 'picture { url }',
};

/** Rows whose fields other subgraphs hold. */
const ELSEWHERE = ['dates', 'yearGroup', 'registrationForm', 'lessonAttendance', 'ownAssessments', 'otherAssessments'];

const NOTHING = {
  preferredFirstName: null,
  preferredLastName: null,
  senStatus: null,
  supportStrategies: [],
  addressLines: null,
  postcode: null,
  freeSchoolMealsEligible: null,
  inCareNow: null,
  lists: {
    emergencyContacts: [],
    contactRestrictions: [],
    dietaryRequirements: [],
    medicalConditions: [],
    otherMedicalConditions: [],
    languages: [],
    senNeeds: [],
    accessArrangements: [],
  },
};

let graph: StudentsGraph;
let guest: TestProfile;
let guestWithout: TestProfile;

beforeAll(async () => {
  graph = await openStudents();
  const names = { preferredFirstName: 'Tessa', preferredLastName: 'Tester' };
  const numbers = { upn: 'R999123424001', uci: '555550101234T', uln: '1000000019' };
  guest = profileOf(await graph.join({ ...names, ...numbers }), BIRCHWOOD);
  guestWithout = profileOf(await graph.join(NOTHING), BIRCHWOOD);
  await graph.at(ALDER, async (session) => {
    for (const seed of [seedAttendance, seedAbsenceNotes, seedEvidence, seedPictures, seedPinnedItems])
      await seed(session, [{ id: guest.student.uuid, number: 1 }]);
  });
});

describe('a guest profile shows the teaching school', () => {
  it('S0-9a S0-9b S0-9c S0-9d S0-9e S0-9f S0-9g S0-9h S0-9i S0-9j S0-9k S0-9m S0-9n every field that the matrix opens', async () => {
    const { entity, hidden, errors } = await graph.read(Object.values(FIELDS).join(' '), birchwood, guest);
    expect({ errors, hidden }).toEqual({ errors: undefined, hidden: [] });
    expect(Object.keys(entity)).toEqual(Object.keys(FIELDS));
    expect(Object.entries(entity).filter(([, value]) => value === null || value === '')).toEqual([]);
    expect(entity).toMatchObject({ displayName: 'Tessa Tester', upn: 'R999123424001', senNeeds: [{ rank: 1 }] });
  });

  it.each(Object.entries(FIELDS))(
    'nothing of %s where its row is hidden, and says so whether or not there is something to hide',
    async (row, field) => {
      for (const profile of [guest, guestWithout]) {
        const { entity, hidden, errors } = await graph.read(field, birchwood, profile, { [row]: HIDDEN });
        expect(errors).toBeUndefined();
        expect(entity).toEqual({ [row]: null });
        expect(hidden).toEqual([{ guestProfileId: profile.id, field: row, reason: 'SCHOOL_OVERRIDE' }]);
      }
    },
  );

  it('the fields of every row of the matrix', () => {
    const rows = GUEST_FIELDS.filter(({ reason }) => reason !== 'NOT_SYNCED').map(({ name }) => name);
    const missing = rows.filter((row) => !(row in FIELDS) && !ELSEWHERE.includes(row));
    expect(missing).toEqual(['homeAbsenceNotes', 'ownAbsenceNotes']);
  });

  it('only what the caller’s scopes cover', async () => {
    const fields = 'displayName legalLastName upn address { postcode } senNeeds { type }';
    const { entity, errors } = await graph.read(fields, callerAs('TEACHER', BIRCHWOOD), guest);
    const nothing = { legalLastName: null, upn: null, address: null, senNeeds: null };
    expect(entity).toEqual({ displayName: 'Tessa Tester', ...nothing });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(Array.from({ length: 4 }, () => 'FORBIDDEN'));
  });
});
