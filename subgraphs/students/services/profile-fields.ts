/**
 * The fields that a home record and a guest profile share, each read in one place. Whether a guest profile shows a field
 * is decided before (guest-fields.ts); what of a value a teaching school does not get is left out here.
 */
import { Refused } from '../../kernel/errors.ts';
import type { Grant } from '../../kernel/guest-access/grant.ts';
import { guestId } from '../../kernel/guest-access/guest-id.ts';
import type { Context } from '../context.ts';
import { displayNameOf } from '../domain/display-name.ts';
import { phonesWithheld } from '../domain/guest-view.ts';
import { absenceExplained, markForTeachingSchool, presenceOf } from '../domain/presence.ts';
import type { AccessArrangementItem, EmergencyContactItem, StudentRow } from '../domain/student-record.ts';

export interface ProfileReading {
  student: StudentRow;
  call: Context;
  /** The grant of the guest profile that is read; null for the home record. */
  grant: Grant | null;
}

/** An arrangement, with whose record it is of: its evidence is loaded where it is asked for. */
export interface ArrangementOfStudent extends AccessArrangementItem {
  reading: ProfileReading;
}

/** A contact, with whose record it is of and which phones of its list are withheld from the caller. */
export interface ContactOfStudent extends EmergencyContactItem {
  /** From 1. */
  priority: number;
  reading: ProfileReading;
  withheld: number[];
}

/** A picture, with whose it is and by which guest profile (UUID; null: the home record) it is read. */
export interface PictureOfStudent {
  student: StudentRow;
  profile: string | null;
}

const byTeachingSchool = ({ grant, call }: ProfileReading): boolean =>
  grant !== null && grant.homeSchool !== call.school;

const MOST_SESSIONS = 100;

export const profileFields = {
  displayName: ({ student }: ProfileReading) => displayNameOf(student),
  preferredFirstName: ({ student }: ProfileReading) => student.preferredFirstName,
  preferredLastName: ({ student }: ProfileReading) => student.preferredLastName,
  sex: ({ student }: ProfileReading) => student.sex,
  legalFirstName: ({ student }: ProfileReading) => student.legalFirstName,
  legalLastName: ({ student }: ProfileReading) => student.legalLastName,
  dateOfBirth: ({ student }: ProfileReading) => student.dateOfBirth,
  upn: ({ student }: ProfileReading) => student.upn,
  uci: ({ student }: ProfileReading) => student.uci,
  uln: ({ student }: ProfileReading) => student.uln,
  senStatus: ({ student }: ProfileReading) => student.senStatus,
  supportStrategies: ({ student }: ProfileReading) => student.supportStrategies,
  address: ({ student: { addressLines, postcode } }: ProfileReading) =>
    addressLines && { lines: addressLines, postcode },
  freeSchoolMeals: ({ student: { freeSchoolMealsEligible: eligible } }: ProfileReading) =>
    eligible === null ? null : { eligible },
  inCare: ({ student: { inCareNow: current } }: ProfileReading) => (current === null ? null : { current }),
  picture: ({ student, grant }: ProfileReading): PictureOfStudent | null =>
    student.hasPicture ? { student, profile: grant?.profile ?? null } : null,

  emergencyContacts,
  contactRestrictions: ({ student, call }: ProfileReading) => call.loaders.contactRestrictions.load(keyOf(student)),
  dietaryRequirements: ({ student, call }: ProfileReading) => call.loaders.dietaryRequirements.load(keyOf(student)),
  medicalConditions,
  otherMedicalConditions: ({ student, call }: ProfileReading) =>
    call.loaders.otherMedicalConditions.load(keyOf(student)),
  languages: ({ student, call }: ProfileReading) => call.loaders.languages.load(keyOf(student)),
  senNeeds: async ({ student, call }: ProfileReading) =>
    (await call.loaders.senNeeds.load(keyOf(student))).map(({ type }, index) => ({ rank: index + 1, type })),
  accessArrangements: async (reading: ProfileReading): Promise<ArrangementOfStudent[]> =>
    (await reading.call.loaders.accessArrangements.load(keyOf(reading.student))).map((item) => ({ ...item, reading })),
  absenceExplained: async ({ student, call }: ProfileReading, { on }: { on?: string | null | undefined }) => {
    const marks = await call.loaders.marksOfDay.load({ ...keyOf(student), date: on ?? call.today });
    return absenceExplained(marks.map(({ mark }) => mark));
  },
  sessionAttendance,
};

const keyOf = ({ homeSchoolUrn, id }: StudentRow) => ({ homeSchoolUrn, id });

async function emergencyContacts(reading: ProfileReading): Promise<ContactOfStudent[]> {
  const contacts = await reading.call.loaders.emergencyContacts.load(keyOf(reading.student));
  const withheld = byTeachingSchool(reading) ? phonesWithheld(contacts, reading.student.protectedDetails) : [];
  return contacts.map((contact, index) => ({ ...contact, priority: index + 1, reading, withheld }));
}

/** Null where it is protected. That is told only where a phone is asked for. */
export function phoneOf({ phone, priority, withheld, reading: { grant, call } }: ContactOfStudent): string | null {
  if (grant === null || !withheld.includes(priority - 1)) return phone;
  call.hidden.add({
    guestProfileId: guestId(grant),
    field: 'emergencyContacts.phone',
    reason: 'PROTECTED',
    indexes: withheld,
  });
  return null;
}

async function medicalConditions({ student, call }: ProfileReading) {
  const conditions = await call.loaders.medicalConditions.load(keyOf(student));
  return conditions.map(({ planSigns, planAction, planMedicineLocation, ...condition }) => ({
    ...condition,
    healthcarePlan:
      planSigns === null || planAction === null
        ? null
        : { signs: planSigns, action: planAction, medicineLocation: planMedicineLocation },
  }));
}

async function sessionAttendance(reading: ProfileReading, { last }: { last?: number | null | undefined }) {
  const wanted = last ?? 20;
  if (wanted < 1 || wanted > MOST_SESSIONS)
    throw new Refused('BAD_USER_INPUT', `"last" must be a whole number from 1 to ${MOST_SESSIONS}.`);
  const marks = await reading.call.loaders.latestMarks.load({ ...keyOf(reading.student), last: wanted });
  const forGuest = byTeachingSchool(reading);
  return marks.map(({ date, session, mark }) => ({
    date,
    session,
    presence: presenceOf(mark),
    mark: forGuest ? markForTeachingSchool(mark) : mark,
  }));
}

/** The home school's evidence and the caller's own school's; the home school sees every school's. */
export async function evidenceOf({ arrangement, reading }: ArrangementOfStudent) {
  const { student, call } = reading;
  const evidence = await call.loaders.evidence.load(keyOf(student));
  const shown = byTeachingSchool(reading) ? [student.homeSchoolUrn, call.school] : null;
  return evidence.filter(
    (each) => each.arrangement === arrangement && (shown === null || shown.includes(each.recordedBySchool)),
  );
}
