/** A student leaves a school's roll. Nothing of the record is deleted. */
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { Student } from '../entities/student.ts';
import { notFound } from './not-found.ts';
import { saveStudent } from './save-student.ts';
import { emitStudent } from './student-events.ts';

interface Leaving {
  homeSchoolUrn: string;
  /** UUID. */
  studentId: string;
  /** The last day on roll, `YYYY-MM-DD`. */
  leftOn: string;
}

/** Safe to repeat: who has left on that day already is left as it is. Throws InvalidInput NOT_FOUND or INVALID. */
export async function recordLeaving(session: Session, { homeSchoolUrn, studentId, leftOn }: Leaving): Promise<void> {
  const student = await session.em.findOne(Student, { homeSchoolUrn, id: studentId });
  if (!student) throw notFound('studentId');
  if (leftOn < student.joinedOn || leftOn > session.today)
    throw new InvalidInput({
      code: 'INVALID',
      field: 'leftOn',
      message: 'Expected a day from the one on which the student joined to today.',
    });
  if (student.leftOn === leftOn) return;
  session.em.assign(student, { rollStatus: 'OFF_ROLL', leftOn });
  await saveStudent(session, student);
  await emitStudent(session, 'student.left', student);
}
