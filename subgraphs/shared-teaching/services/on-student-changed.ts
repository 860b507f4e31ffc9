/** Keeps the projection of students, and ends what a student who left was taught. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { EventPayload } from '../../kernel/events/emit.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import type { CourseEntity } from '../entities/course.ts';
import { announceTeachingRoll } from './announce-teaching-roll.ts';
import { lockStudents } from './load-taught-students.ts';
import { lockCourses } from './own-course.ts';
import { refreshGuestProfiles } from './refresh-guest-profiles.ts';

/** `student.joined`, `student.changed` and `student.left`: `aggregateId` is the student's UUID. */
export interface StudentState extends EventPayload {
  yearGroup: YearGroup | null;
  protectedDetails: boolean;
  rollStatus: 'ON_ROLL' | 'OFF_ROLL';
  leftOn: string | null;
}

export async function onStudentChanged(session: Session, student: StudentState): Promise<void> {
  const left = student.rollStatus === 'OFF_ROLL';
  const courses = left ? await lockWithCourses(session, student) : [];
  if (!(await project(session, student))) return;
  if (left) await closeEnrolments(session, student);
  await refreshGuestProfiles(session, [student.aggregateId]);
  for (const course of courses) await announceTeachingRoll(session, course);
}

/**
 * Locks the student and the courses that the student is on: courses first, as everywhere, so that no two changes wait for
 * each other. An enrolment that was made while we waited brings a course of its own: then all is locked anew, in order.
 */
async function lockWithCourses(session: Session, student: StudentState): Promise<CourseEntity[]> {
  for (;;) {
    await sql`savepoint locks`.execute(session.db);
    const courses = await lockCourses(session, await coursesOf(session, student));
    await lockStudents(session, student.schoolUrn, [student.aggregateId]);
    const locked = new Set(courses.map(({ id }) => id));
    if ((await coursesOf(session, student)).every((id) => locked.has(id))) return courses;
    await sql`rollback to savepoint locks`.execute(session.db);
    session.em.clear();
  }
}

/** False where a newer state is known. */
async function project({ db }: Session, student: StudentState): Promise<boolean> {
  const { schoolUrn, aggregateId, yearGroup, protectedDetails, rollStatus, leftOn, version } = student;
  const { numAffectedRows } = await sql`
    insert into shared_teaching.student
      (home_school_urn, id, year_group, protected_details, roll_status, left_on, version)
    values (${schoolUrn}, ${aggregateId}, ${yearGroup}, ${protectedDetails}, ${rollStatus}, ${leftOn}, ${version})
    on conflict (home_school_urn, id) do update
      set (year_group, protected_details, roll_status, left_on, version) =
        (excluded.year_group, excluded.protected_details, excluded.roll_status, excluded.left_on, excluded.version)
      where student.version < excluded.version`.execute(db);
  return numAffectedRows === 1n;
}

async function coursesOf({ db }: Session, { schoolUrn, aggregateId }: StudentState): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct course_id as id from shared_teaching.course_enrolment
    where home_school_urn = ${schoolUrn} and student_id = ${aggregateId}`.execute(db);
  return rows.map((row) => row.id);
}

/** On the day of leaving; an enrolment that was to begin after it ends before it begins. */
async function closeEnrolments(
  { db, today }: Session,
  { schoolUrn, aggregateId, leftOn }: StudentState,
): Promise<void> {
  const lastDay = leftOn ?? today;
  await sql`
    update shared_teaching.course_enrolment
    set end_date = greatest(${lastDay}::date, start_date - 1), version = version + 1
    where home_school_urn = ${schoolUrn} and student_id = ${aggregateId}
      and (end_date is null or end_date > ${lastDay}::date) and end_date is distinct from start_date - 1`.execute(db);
}
