/** Writing a student's own row. Every way to change a student passes here. */
import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import type { StudentEntity } from '../entities/student.ts';

/**
 * Goes before the student's lists: of two changes at the same time the later one fails here, on the version, before it
 * touches a list. Throws InvalidInput DUPLICATE for a UPN that another student of the school has.
 */
export async function saveStudent({ em, now }: Session, student: StudentEntity): Promise<void> {
  student.changedAt = laterOf(now, student);
  em.persist(student);
  try {
    await em.flush();
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException && error.message.includes('student_upn_once'))
      throw new InvalidInput({
        code: 'DUPLICATE',
        field: 'upn',
        message: 'Another student of this school has this UPN. One of the two is mistyped, or they are one student.',
      });
    throw error;
  }
}

/** Later than before in any case, so that a change of nothing but a list is one of the row as well, with its version. */
const laterOf = (now: Date, { changedAt }: StudentEntity): Date =>
  new Date(Math.max(now.getTime(), changedAt.getTime() + 1));
