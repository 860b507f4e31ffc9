/** Courses, their slots and pushes, as rows. Row-level security leaves out what the caller's school does not see. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { type Page, refusedCursor } from '../../kernel/paging.ts';
import type { Weekday } from '../domain/slot.ts';

/** Ids are UUIDs. */
export interface CourseRow {
  id: string;
  homeSchoolUrn: string;
  name: string;
  subject: string;
}

export interface SlotRow {
  id: string;
  courseId: string;
  schoolUrn: string;
  weekday: Weekday;
  startsAt: string;
  endsAt: string;
  from: string;
  to: string;
  teacherId: string | null;
  teacherName: string | null;
}

export interface PushRow {
  id: string;
  courseId: string;
  teachingSchoolUrn: string;
  pushedAt: string;
  hasSlots: boolean;
}

export interface EnrolmentRow {
  id: string;
  courseId: string;
  studentId: string;
  startDate: string;
  endDate: string | null;
}

const COURSE = sql`select id, home_school_urn as "homeSchoolUrn", name, subject from shared_teaching.course`;

/** By name; one more than the page holds. */
export async function pageOfCourses({ db }: Session, { first, after }: Page): Promise<CourseRow[]> {
  if (after !== null) {
    const { rows } = await sql`select from shared_teaching.course where id = ${after}`.execute(db);
    if (rows.length === 0) throw refusedCursor();
  }
  const since = sql`where (name, id) > (select c.name, c.id from shared_teaching.course c where c.id = ${after})`;
  const { rows } = await sql<CourseRow>`
    ${COURSE} ${after === null ? sql`` : since} order by name, id limit ${first + 1}`.execute(db);
  return rows;
}

export const coursesById = async ({ db }: Session, ids: readonly string[]): Promise<CourseRow[]> =>
  (await sql<CourseRow>`${COURSE} where id = any(${ids}::uuid[])`.execute(db)).rows;

export async function slotsOfCourses({ db }: Session, courseIds: readonly string[]): Promise<SlotRow[]> {
  const { rows } = await sql<SlotRow>`
    select id, course_id as "courseId", school_urn as "schoolUrn", weekday, starts_at as "startsAt", ends_at as "endsAt",
      from_date as "from", to_date as "to", teacher_id as "teacherId", teacher_name as "teacherName"
    from shared_teaching.timetable_slot where course_id = any(${courseIds}::uuid[])
    order by from_date, array_position(${WEEK}, weekday), starts_at, id`.execute(db);
  return rows;
}

const WEEK = sql`array['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY']`;

const PUSH = sql`
  select p.id, p.course_id as "courseId", p.teaching_school_urn as "teachingSchoolUrn", p.pushed_at as "pushedAt",
    exists (select from shared_teaching.timetable_slot s
      where s.home_school_urn = p.home_school_urn and s.course_id = p.course_id
        and s.school_urn = p.teaching_school_urn) as "hasSlots"
  from shared_teaching.course_push p`;

export const pushesOfCourses = async ({ db }: Session, courseIds: readonly string[]): Promise<PushRow[]> =>
  (await sql<PushRow>`${PUSH} where p.course_id = any(${courseIds}::uuid[]) order by p.pushed_at, p.id`.execute(db))
    .rows;

export const pushesById = async ({ db }: Session, ids: readonly string[]): Promise<PushRow[]> =>
  (await sql<PushRow>`${PUSH} where p.id = any(${ids}::uuid[])`.execute(db)).rows;

export async function enrolmentsById({ db }: Session, ids: readonly string[]): Promise<EnrolmentRow[]> {
  const { rows } = await sql<EnrolmentRow>`
    select id, course_id as "courseId", student_id as "studentId", start_date as "startDate", end_date as "endDate"
    from shared_teaching.course_enrolment where id = any(${ids}::uuid[])`.execute(db);
  return rows;
}
