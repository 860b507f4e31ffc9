/**
 * Brings guest profiles in step with what they follow from: enrolments, pushes, slots, the student's year group. Runs in
 * the transaction of every change to one of these. A profile is never deleted: without an enrolment left it has no dates.
 */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import { guestDates, guestPeriods } from '../domain/guest-periods.ts';
import { GuestProfile, type GuestProfileEntity } from '../entities/guest-profile.ts';
import { createGuestForms, type GuestForms } from './guest-forms.ts';

/** `studentIds` are UUIDs of the session's own school. */
export async function refreshGuestProfiles(session: Session, studentIds: readonly string[]): Promise<void> {
  const homeSchoolUrn = schoolOf(session);
  const students = await lockStudents(session, homeSchoolUrn, studentIds);
  const taught = Map.groupBy(await taughtEnrolments(session, homeSchoolUrn, studentIds), keyOf);
  const known = new Map(
    (await session.em.find(GuestProfile, { homeSchoolUrn, studentId: { $in: [...studentIds] } })).map((profile) => [
      keyOf(profile),
      profile,
    ]),
  );
  const forms = createGuestForms(session, homeSchoolUrn);
  for (const profile of known.values())
    await update(profile, taught.get(keyOf(profile)) ?? [], students.get(profile.studentId) ?? null, forms);
  for (const [key, enrolments] of taught)
    if (!known.has(key)) await create(session, homeSchoolUrn, enrolments, students, forms);
  await session.em.flush();
}

interface TaughtEnrolment extends DateInterval {
  studentId: string;
  teachingSchoolUrn: string;
  /** Said by the push; null: as at home. */
  pushedYearGroup: YearGroup | null;
}

const keyOf = (each: { studentId: string; teachingSchoolUrn: string }): string =>
  `${each.studentId} ${each.teachingSchoolUrn}`;

/** One change of a student's profiles at a time. Year groups by student. */
async function lockStudents(
  { db }: Session,
  homeSchoolUrn: string,
  ids: readonly string[],
): Promise<Map<string, YearGroup | null>> {
  const { rows } = await sql<{ id: string; yearGroup: YearGroup | null }>`
    select id, year_group as "yearGroup" from shared_teaching.student
    where home_school_urn = ${homeSchoolUrn} and id = any(${ids}::uuid[]) order by id for update`.execute(db);
  return new Map(rows.map((row) => [row.id, row.yearGroup]));
}

/** Those on courses that were pushed to a school and have slots there; the earliest push first. */
async function taughtEnrolments(
  { db }: Session,
  homeSchoolUrn: string,
  ids: readonly string[],
): Promise<TaughtEnrolment[]> {
  const { rows } = await sql<TaughtEnrolment>`
    select e.student_id as "studentId", p.teaching_school_urn as "teachingSchoolUrn", e.start_date as "startDate",
      e.end_date as "endDate", p.year_group as "pushedYearGroup"
    from shared_teaching.course_enrolment e
    join shared_teaching.course_push p on p.home_school_urn = e.home_school_urn and p.course_id = e.course_id
    where e.home_school_urn = ${homeSchoolUrn} and e.student_id = any(${ids}::uuid[]) and exists (
      select from shared_teaching.timetable_slot s
      where s.home_school_urn = p.home_school_urn and s.course_id = p.course_id
        and s.school_urn = p.teaching_school_urn)
    order by p.pushed_at, p.id, e.start_date`.execute(db);
  return rows;
}

async function create(
  { em }: Session,
  homeSchoolUrn: string,
  enrolments: readonly TaughtEnrolment[],
  students: ReadonlyMap<string, YearGroup | null>,
  forms: GuestForms,
): Promise<void> {
  const [first] = enrolments;
  const periods = guestPeriods(enrolments);
  if (!first || periods.length === 0) return;
  const { studentId, teachingSchoolUrn } = first;
  const yearGroup = yearGroupOf(enrolments, students.get(studentId) ?? null);
  const registrationFormId = await forms.formFor(teachingSchoolUrn, yearGroup);
  const values = { homeSchoolUrn, id: newUuid(), studentId, teachingSchoolUrn, yearGroup, registrationFormId };
  em.create(GuestProfile, { ...values, ...guestDates(periods), periods }, { persist: true });
}

async function update(
  profile: GuestProfileEntity,
  enrolments: readonly TaughtEnrolment[],
  homeYearGroup: YearGroup | null,
  forms: GuestForms,
): Promise<void> {
  const periods = guestPeriods(enrolments);
  Object.assign(profile, guestDates(periods), { periods });
  const yearGroup = yearGroupOf(enrolments, homeYearGroup);
  if (periods.length === 0 || yearGroup === profile.yearGroup) return;
  profile.registrationFormId = await forms.formFor(profile.teachingSchoolUrn, yearGroup);
  profile.yearGroup = yearGroup;
}

const yearGroupOf = (enrolments: readonly TaughtEnrolment[], homeYearGroup: YearGroup | null): YearGroup | null =>
  enrolments.find((each) => each.pushedYearGroup !== null)?.pushedYearGroup ?? homeYearGroup;
