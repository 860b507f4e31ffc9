/**
 * Brings guest profiles in step with what they follow from: enrolments, pushes, slots, the state of the student. Runs in
 * the transaction of every change to one of these. A profile is never deleted: without an enrolment left it has no dates.
 */
import type { Session } from '../../kernel/database/transaction.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import { guestDates, guestPeriods, samePeriods } from '../domain/guest-periods.ts';
import { GuestProfile, type GuestProfileEntity } from '../entities/guest-profile.ts';
import { createGuestForms, type GuestForms } from './guest-forms.ts';
import { lockStudents, type TaughtEnrolment, type TaughtStudent, taughtEnrolments } from './load-taught-students.ts';

/** `studentIds` are UUIDs of the session's own school. */
export async function refreshGuestProfiles(session: Session, studentIds: readonly string[]): Promise<void> {
  const homeSchoolUrn = schoolOf(session);
  const students = await lockStudents(session, homeSchoolUrn, studentIds);
  const taught = Map.groupBy(await taughtEnrolments(session, homeSchoolUrn, studentIds), placeOf);
  const known = await session.em.find(GuestProfile, { homeSchoolUrn, studentId: { $in: [...studentIds] } });
  const forms = createGuestForms(session, homeSchoolUrn);
  for (const profile of known) {
    const student = students.get(profile.studentId);
    if (student) await update(profile, student, taught.get(placeOf(profile)) ?? [], forms);
    taught.delete(placeOf(profile));
  }
  for (const enrolments of taught.values()) {
    const student = students.get(enrolments[0]?.studentId ?? '');
    if (student) await create(session, student, enrolments, forms);
  }
  await session.em.flush();
}

/** One student at one teaching school has one profile. */
const placeOf = (each: { studentId: string; teachingSchoolUrn: string }): string =>
  `${each.studentId} ${each.teachingSchoolUrn}`;

async function create(
  session: Session,
  student: TaughtStudent,
  enrolments: readonly TaughtEnrolment[],
  forms: GuestForms,
): Promise<void> {
  const periods = guestPeriods(enrolments);
  const teachingSchoolUrn = enrolments[0]?.teachingSchoolUrn;
  if (teachingSchoolUrn === undefined || periods.length === 0) return;
  const yearGroup = yearGroupOf(student, enrolments);
  session.em.create(
    GuestProfile,
    {
      homeSchoolUrn: schoolOf(session),
      id: newUuid(),
      studentId: student.id,
      teachingSchoolUrn,
      yearGroup,
      registrationFormId: await forms.formFor(teachingSchoolUrn, yearGroup),
      protectedDetails: student.protectedDetails,
      ...guestDates(periods),
      periods,
    },
    { persist: true },
  );
}

async function update(
  profile: GuestProfileEntity,
  student: TaughtStudent,
  enrolments: readonly TaughtEnrolment[],
  forms: GuestForms,
): Promise<void> {
  const periods = guestPeriods(enrolments);
  profile.protectedDetails = student.protectedDetails;
  // JSON that is only written in another order would count as a change
  if (!samePeriods(periods, profile.periods)) Object.assign(profile, guestDates(periods), { periods });
  const yearGroup = yearGroupOf(student, enrolments);
  if (periods.length === 0 || yearGroup === profile.yearGroup) return;
  profile.registrationFormId = await forms.formFor(profile.teachingSchoolUrn, yearGroup);
  profile.yearGroup = yearGroup;
}

const yearGroupOf = (student: TaughtStudent, enrolments: readonly TaughtEnrolment[]): YearGroup | null =>
  enrolments.find((each) => each.pushedYearGroup !== null)?.pushedYearGroup ?? student.yearGroup;
