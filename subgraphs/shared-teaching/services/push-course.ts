import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { newUuid } from '../../kernel/ids.ts';
import { isInForce } from '../domain/agreement.ts';
import type { CourseEntity } from '../entities/course.ts';
import { CoursePush } from '../entities/course-push.ts';
import { addSlots, type SlotInput } from './add-slots.ts';
import { agreementsBetween } from './load-partnerships.ts';
import { ownCourse } from './own-course.ts';
import { refreshGuestProfiles } from './refresh-guest-profiles.ts';

interface PushInput {
  courseId: string;
  teachingSchoolUrn: string;
  /** At the teaching school, added to those that are there. */
  slots: readonly SlotInput[];
  /** The guests' year group there; null: as at home; left out: as it was. */
  yearGroup?: YearGroup | null | undefined;
}

/**
 * Pushes a course of the caller's school to a partner. With slots there its students become guests; without, no data
 * flows until it is pushed again with slots. Returns the push's UUID.
 */
export async function pushCourse(session: Session, input: PushInput): Promise<string> {
  const course = await ownCourse(session, input.courseId);
  await requireAgreement(session, course.homeSchoolUrn, input.teachingSchoolUrn);
  const push = await recordPush(session, course, input);
  await addSlots(session, course, input.teachingSchoolUrn, input.slots);
  await refreshGuestProfiles(session, await studentsOn(session, course));
  return push;
}

async function requireAgreement(session: Session, home: string, teaching: string): Promise<void> {
  const agreements = await agreementsBetween(session, [home], [teaching]);
  if (agreements.some((each) => isInForce(each, session.today))) return;
  throw new InvalidInput({
    code: 'NO_AGREEMENT',
    field: 'teachingSchoolUrn',
    message: 'A course is pushed to a partner school under a data-sharing agreement in force, signed by both schools.',
  });
}

async function recordPush({ em, now }: Session, course: CourseEntity, input: PushInput): Promise<string> {
  const { homeSchoolUrn, id: courseId } = course;
  const { teachingSchoolUrn, yearGroup } = input;
  const key = { homeSchoolUrn, courseId, teachingSchoolUrn };
  const known = await em.findOne(CoursePush, key);
  if (known && yearGroup !== undefined) em.assign(known, { yearGroup });
  const values = { ...key, id: newUuid(), yearGroup: yearGroup ?? null, pushedAt: now };
  const push = known ?? em.create(CoursePush, values, { persist: true });
  await em.flush();
  return push.id;
}

/** UUIDs of whoever takes a course, or has taken it. */
export async function studentsOn(
  { db }: Pick<Session, 'db'>,
  { homeSchoolUrn, id }: Pick<CourseEntity, 'homeSchoolUrn' | 'id'>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct student_id as id from shared_teaching.course_enrolment
    where home_school_urn = ${homeSchoolUrn} and course_id = ${id}`.execute(db);
  return rows.map((row) => row.id);
}
