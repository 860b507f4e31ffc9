import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { emit } from '../../kernel/events/emit.ts';
import { type Enrolled, type TaughtSlot, teachingRoll } from '../domain/teaching-roll.ts';
import type { CourseEntity } from '../entities/course.ts';

/**
 * Tells who teaches whom in the home school's own lessons of a course: the whole roll, in place of the earlier one.
 * Nothing where the course has no lesson at home: guests' rolls stay in this subgraph.
 */
export async function announceTeachingRoll(session: Session, course: CourseEntity): Promise<void> {
  const { homeSchoolUrn, id } = course;
  const slots = await sql<TaughtSlot>`
    select teacher_id as "teacherId", from_date as "from", to_date as "to" from shared_teaching.timetable_slot
    where home_school_urn = ${homeSchoolUrn} and course_id = ${id} and school_urn = ${homeSchoolUrn}`.execute(
    session.db,
  );
  if (slots.rows.length === 0) return;
  const enrolments = await sql<Enrolled>`
    select student_id as "studentId", start_date as "startDate", end_date as "endDate"
    from shared_teaching.course_enrolment
    where home_school_urn = ${homeSchoolUrn} and course_id = ${id}`.execute(session.db);
  course.rollVersion += 1;
  await session.em.flush();
  await emit(session, 'teaching-roll.changed', {
    schoolUrn: homeSchoolUrn,
    aggregateId: id,
    version: course.rollVersion,
    members: teachingRoll(slots.rows, enrolments.rows),
  });
}
