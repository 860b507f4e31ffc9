import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput, type UserError } from '../../kernel/errors.ts';
import { decodeId, newUuid } from '../../kernel/ids.ts';
import type { CourseEntity } from '../entities/course.ts';
import { CourseEnrolment } from '../entities/course-enrolment.ts';
import { announceTeachingRoll } from './announce-teaching-roll.ts';
import { lockStudents } from './load-taught-students.ts';
import { ownCourse } from './own-course.ts';
import { refreshGuestProfiles } from './refresh-guest-profiles.ts';

interface EnrolInput {
  courseId: string;
  studentId: string;
  startDate: string;
  /** Null or left out: open. */
  endDate?: string | null | undefined;
}

/**
 * Enrols a student of the caller's own school on one of its own courses, and makes or extends the guest profile wherever
 * the course is taught. Returns the enrolment's UUID.
 */
export async function enrolOnCourse(session: Session, { courseId, ...student }: EnrolInput): Promise<string> {
  const [enrolment = ''] = await enrolAll(session, courseId, [student]);
  return enrolment;
}

/** The same for many students of one course, all or none. Returns the enrolments' UUIDs in their order. */
export async function enrolAll(
  session: Session,
  courseId: string,
  students: readonly Omit<EnrolInput, 'courseId'>[],
): Promise<string[]> {
  const course = await ownCourse(session, courseId, ENROL_AT_HOME);
  const enrolments = students.map(({ studentId, startDate, endDate }) => {
    const id = decodeId('Student', studentId);
    if (id === null) throw new InvalidInput(NO_STUDENT);
    return { id: newUuid(), studentId: id, startDate, endDate: endDate ?? null };
  });
  await requireStudents(session, course, enrolments);
  await refuseOverlaps(session, course, enrolments);
  const key = { homeSchoolUrn: course.homeSchoolUrn, courseId: course.id };
  for (const enrolment of enrolments) session.em.create(CourseEnrolment, { ...key, ...enrolment }, { persist: true });
  await session.em.flush();
  await refreshGuestProfiles(
    session,
    enrolments.map((each) => each.studentId),
  );
  await announceTeachingRoll(session, course);
  return enrolments.map((each) => each.id);
}

interface NewEnrolment {
  studentId: string;
  startDate: string;
  endDate: string | null;
}

/** Locks them: who leaves at this moment is off roll already, or leaves when the enrolment is there to be ended. */
async function requireStudents(session: Session, course: CourseEntity, enrolments: NewEnrolment[]): Promise<void> {
  const ids = new Set(enrolments.map((each) => each.studentId));
  const students = await lockStudents(session, course.homeSchoolUrn, [...ids]);
  if (students.size < ids.size) throw new InvalidInput(NO_STUDENT);
  if ([...students.values()].some((student) => !student.onRoll))
    throw new InvalidInput(invalid('studentId', 'The student is off roll.'));
  if (enrolments.some(({ startDate, endDate }) => endDate !== null && endDate < startDate))
    throw new InvalidInput(invalid('endDate', 'The last day is not before the first.'));
}

/** The course is locked, so nobody else enrols at the same time. */
async function refuseOverlaps({ em }: Session, course: CourseEntity, enrolments: NewEnrolment[]): Promise<void> {
  const { homeSchoolUrn, id: courseId } = course;
  const studentId = { $in: enrolments.map((each) => each.studentId) };
  const known: NewEnrolment[] = await em.find(CourseEnrolment, { homeSchoolUrn, courseId, studentId });
  for (const each of enrolments) {
    if (known.some((other) => other.studentId === each.studentId && overlap(each, other)))
      throw new InvalidInput({
        code: 'DUPLICATE',
        field: 'startDate',
        message: 'The student is enrolled on this course on some of these days already.',
      });
    known.push(each);
  }
}

const overlap = (one: NewEnrolment, other: NewEnrolment): boolean =>
  (other.endDate === null || one.startDate <= other.endDate) &&
  (one.endDate === null || other.startDate <= one.endDate);

const invalid = (field: string, message: string): UserError => ({ code: 'INVALID', field, message });

/** One answer for another school's student and for an id that nobody has. */
const NO_STUDENT: UserError = {
  code: 'NOT_FOUND',
  field: 'studentId',
  message: 'No student of your school has this id.',
};

const ENROL_AT_HOME: UserError = {
  code: 'ENROL_AT_HOME',
  field: 'courseId',
  message: 'This course is another school’s: its students are enrolled there, and become guests here.',
};
