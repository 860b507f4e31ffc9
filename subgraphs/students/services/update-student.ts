/** A change of a home record, by its home school. */
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { decodeId } from '../../kernel/ids.ts';
import { schoolOf, signedIn } from '../../kernel/subgraph/call.ts';
import type { Context, StudentRow } from '../context.ts';
import { keepProtection } from '../domain/contact-protection.ts';
import { formerUpnsAfter, readStudentChanges } from '../domain/student-changes.ts';
import type { StudentChanges } from '../domain/student-input.ts';
import { Student, type StudentEntity } from '../entities/student.ts';
import { givenFields, requireReadable } from './field-scopes.ts';
import { notFound } from './not-found.ts';
import { refuseGuestForm } from './registration-form.ts';
import { saveStudent } from './save-student.ts';
import { emitStudent } from './student-events.ts';
import { replaceLists } from './write-lists.ts';

export async function updateStudent(
  call: Context,
  { studentId, ...changes }: StudentChanges & { studentId: string },
): Promise<StudentRow> {
  const school = schoolOf(call);
  requireReadable(signedIn(call), givenFields(changes));
  const student = await ownStudent(call, school, studentId);
  const { details, lists, problems } = readStudentChanges(await withProtection(call, student, changes), call.today);
  if (problems.length > 0) throw new InvalidInput(...problems);
  await refuseGuestForm(call, school, details.registrationForm);
  const { upn = student.upn } = details;
  if (upn !== student.upn) student.formerUpns = formerUpnsAfter(student, upn);
  call.em.assign(student, details);
  await saveStudent(call, student);
  await replaceLists(call, student, lists);
  await emitStudent(call, 'student.changed', student);
  return readAgain(call, student);
}

async function withProtection(
  { loaders }: Context,
  { homeSchoolUrn, id }: StudentEntity,
  changes: StudentChanges,
): Promise<StudentChanges> {
  const { emergencyContacts } = changes;
  if (!emergencyContacts) return changes;
  const current = await loaders.emergencyContacts.load({ homeSchoolUrn, id });
  return { ...changes, emergencyContacts: keepProtection(emergencyContacts, current) };
}

/** Throws InvalidInput NOT_FOUND. */
async function ownStudent({ em }: Session, homeSchoolUrn: string, studentId: string): Promise<StudentEntity> {
  const id = decodeId('Student', studentId);
  const student = id === null ? null : await em.findOne(Student, { homeSchoolUrn, id });
  if (!student) throw notFound('studentId');
  return student;
}

async function readAgain(call: Context, { id }: StudentEntity): Promise<StudentRow> {
  call.renewLoaders();
  const row = await call.loaders.ownStudent.load(id);
  if (!row) throw new Error('A student that was just written cannot be read.');
  return row;
}
