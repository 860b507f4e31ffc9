/** What guest profiles follow from, for some students of the home school. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';

export interface TaughtStudent {
  id: string;
  yearGroup: YearGroup | null;
  protectedDetails: boolean;
  onRoll: boolean;
}

/** An enrolment on a course that was pushed to a school and has slots there. */
export interface TaughtEnrolment extends DateInterval {
  studentId: string;
  teachingSchoolUrn: string;
  /** Said by the push; null: as at home. */
  pushedYearGroup: YearGroup | null;
}

/**
 * By id, locked: one change of a student's profiles at a time. Not `for update`: that would wait for everybody who
 * inserts an enrolment of the student, and two who both have would wait for each other.
 */
export async function lockStudents(
  { db }: Session,
  homeSchoolUrn: string,
  ids: readonly string[],
): Promise<Map<string, TaughtStudent>> {
  const { rows } = await sql<TaughtStudent>`
    select id, year_group as "yearGroup", protected_details as "protectedDetails", roll_status = 'ON_ROLL' as "onRoll"
    from shared_teaching.student
    where home_school_urn = ${homeSchoolUrn} and id = any(${ids}::uuid[]) order by id for no key update`.execute(db);
  return new Map(rows.map((student) => [student.id, student]));
}

/** Those of the earliest push first. */
export async function taughtEnrolments(
  { db }: Session,
  homeSchoolUrn: string,
  studentIds: readonly string[],
): Promise<TaughtEnrolment[]> {
  const { rows } = await sql<TaughtEnrolment>`
    select e.student_id as "studentId", p.teaching_school_urn as "teachingSchoolUrn", e.start_date as "startDate",
      e.end_date as "endDate", p.year_group as "pushedYearGroup"
    from shared_teaching.course_enrolment e
    join shared_teaching.course_push p on p.home_school_urn = e.home_school_urn and p.course_id = e.course_id
    where e.home_school_urn = ${homeSchoolUrn} and e.student_id = any(${studentIds}::uuid[]) and exists (
      select from shared_teaching.timetable_slot s
      where s.home_school_urn = p.home_school_urn and s.course_id = p.course_id
        and s.school_urn = p.teaching_school_urn)
    order by p.pushed_at, p.id, e.start_date`.execute(db);
  return rows;
}
