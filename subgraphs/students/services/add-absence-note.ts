/** A note about an absence, by the home school or by a school that teaches the student, stamped with its writer. */
import { InvalidInput } from '../../kernel/errors.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf, signedIn } from '../../kernel/subgraph/call.ts';
import type { AbsenceNoteRow, Context } from '../context.ts';
import { noteAbsenceDate } from '../domain/absence-date.ts';
import { type Place, placeAt, text } from '../domain/input.ts';
import { AbsenceNote } from '../entities/absence-note.ts';
import { findStudent } from './find-students.ts';
import { grantToEdit } from './grant-to-edit.ts';
import { notFound } from './not-found.ts';

interface AbsenceNoteInput {
  studentId?: string | null | undefined;
  guestProfileId?: string | null | undefined;
  date: string;
  text: string;
}

export async function addAbsenceNote(call: Context, input: AbsenceNoteInput): Promise<AbsenceNoteRow> {
  const [caller, school] = [signedIn(call), schoolOf(call)];
  const student = await studentOf(call, input);
  const note = call.em.create(AbsenceNote, {
    ...student,
    id: newUuid(),
    ...readNote(input, call.today),
    writtenAt: call.now,
    writtenBySchool: school,
    writtenByName: caller.name,
    writtenBySubject: caller.subject,
  });
  await call.em.flush();
  return note;
}

/** An id that is given counts as given, even one that is empty: it names nothing. */
async function studentOf(call: Context, { studentId = null, guestProfileId = null }: AbsenceNoteInput) {
  if ((studentId === null) === (guestProfileId === null))
    throw new InvalidInput({
      code: 'INVALID',
      field: 'studentId',
      message: 'Expected either studentId or guestProfileId.',
    });
  if (guestProfileId !== null) {
    const { homeSchool: homeSchoolUrn, student } = grantToEdit(call, guestProfileId, ['ownAbsenceNotes']);
    return { homeSchoolUrn, studentId: student };
  }
  const student = await findStudent(call, studentId ?? '');
  if (!student) throw notFound('studentId');
  return { homeSchoolUrn: student.homeSchoolUrn, studentId: student.id };
}

function readNote({ date, text: words, guestProfileId = null }: AbsenceNoteInput, today: string) {
  const place: Place = { field: '', problems: [] };
  noteAbsenceDate(date, placeAt(place, 'date'), { today, atHome: guestProfileId === null });
  const read = { date, text: text(2_000)(words, placeAt(place, 'text')) };
  if (place.problems.length > 0) throw new InvalidInput(...place.problems);
  return read;
}
