/** Keeps who teaches whom at home, as shared-teaching tells it: what a teacher may see follows from it. */
import { sql } from 'kysely';
import type { EventHandler } from '../../kernel/events/worker.ts';

/** A teacher and a student on the course: each pair stands once on a roll. */
interface Member {
  teacherId: string;
  studentId: string;
  firstLesson: string;
  /** Null where it is not known. */
  lastLesson: string | null;
}

/** The whole roll of a course replaces the one there is; an event that is not newer does nothing. */
export const keepTeachingRoll: EventHandler = async ({ db }, payload) => {
  const { schoolUrn, aggregateId: courseId, version } = payload;
  const members = (payload as unknown as { members: Member[] }).members;
  const { rows } = await sql`insert into students.taught_course (school_urn, course_id, version)
    values (${schoolUrn}, ${courseId}, ${version})
    on conflict (school_urn, course_id) do update set version = excluded.version
      where excluded.version > taught_course.version
    returning version`.execute(db);
  if (rows.length === 0) return;
  await sql`delete from students.taught_student where school_urn = ${schoolUrn} and course_id = ${courseId}`.execute(
    db,
  );
  await sql`insert into students.taught_student
      (school_urn, course_id, teacher_id, student_id, first_lesson, last_lesson)
    select ${schoolUrn}, ${courseId}::uuid, member."teacherId", member."studentId", member."firstLesson",
      member."lastLesson"
    from jsonb_to_recordset(${JSON.stringify(members)}::jsonb)
      as member ("teacherId" uuid, "studentId" uuid, "firstLesson" date, "lastLesson" date)`.execute(db);
};
