import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput, type UserError } from '../../kernel/errors.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import { readName } from '../domain/slot.ts';
import { Course } from '../entities/course.ts';
import { addSlots, type SlotInput } from './add-slots.ts';

interface NewCourse {
  name: string;
  subject: string;
  /** At the caller's own school. */
  slots: readonly SlotInput[];
}

/** Makes a course at the caller's school. Returns its UUID. */
export async function createCourse(session: Session, { name, subject, slots }: NewCourse): Promise<string> {
  const homeSchoolUrn = schoolOf(session);
  const problems = [...nameProblems('name', name), ...nameProblems('subject', subject)];
  if (problems.length > 0) throw new InvalidInput(...problems);
  const values = { homeSchoolUrn, id: newUuid(), name: name.trim(), subject: subject.trim() };
  const course = session.em.create(Course, values, { persist: true });
  await session.em.flush();
  await addSlots(session, course, homeSchoolUrn, slots);
  return course.id;
}

function nameProblems(field: string, text: string): UserError[] {
  const name = readName(text);
  return name.ok ? [] : [{ code: 'INVALID', field, message: name.expected }];
}
