/** The caller's own course, locked for the rest of the transaction: what is taught where changes one step at a time. */
import { LockMode } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput, type UserError } from '../../kernel/errors.ts';
import { decodeId } from '../../kernel/ids.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import { Course, type CourseEntity } from '../entities/course.ts';

const NO_COURSE: UserError = {
  code: 'NOT_FOUND',
  field: 'courseId',
  message: 'No course of your school has this id.',
};

/** `pushedHere`: what to say where the course is another school's that was pushed to the caller's. */
export async function ownCourse(
  session: Session,
  courseId: string,
  pushedHere: UserError = NO_COURSE,
): Promise<CourseEntity> {
  const homeSchoolUrn = schoolOf(session);
  const id = decodeId('Course', courseId);
  if (id === null) throw new InvalidInput(NO_COURSE);
  const course = await session.em.findOne(Course, { homeSchoolUrn, id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (course) return course;
  const { rows } = await sql`select from shared_teaching.course where id = ${id}`.execute(session.db);
  throw new InvalidInput(rows.length > 0 ? pushedHere : NO_COURSE);
}

/** Courses of the home school, locked in the order of their ids, so that no two changes wait for each other. */
export const lockCourses = (session: Session, ids: readonly string[]): Promise<CourseEntity[]> =>
  session.em.find(
    Course,
    { homeSchoolUrn: schoolOf(session), id: { $in: [...ids] } },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
