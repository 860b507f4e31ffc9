/** What other subgraphs are told of a student: ids and states, never a person's details. */
import type { Session } from '../../kernel/database/transaction.ts';
import { emit } from '../../kernel/events/emit.ts';
import type { StudentEntity } from '../entities/student.ts';

type StudentEvent = 'student.joined' | 'student.changed' | 'student.left';

export const emitStudent = (session: Session, event: StudentEvent, student: StudentEntity): Promise<void> =>
  emit(session, event, {
    schoolUrn: student.homeSchoolUrn,
    aggregateId: student.id,
    version: student.version,
    yearGroup: student.yearGroup,
    protectedDetails: student.protectedDetails,
    rollStatus: student.rollStatus,
    leftOn: student.leftOn,
  });
