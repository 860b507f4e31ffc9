/** Pins an item to the top of a student's profile, at home and, until its last day, at teaching schools. */
import { InvalidInput } from '../../kernel/errors.ts';
import { newUuid } from '../../kernel/ids.ts';
import { signedIn } from '../../kernel/subgraph/call.ts';
import type { Context, PinnedItemRow } from '../context.ts';
import { canBePinned } from '../domain/field-scopes.ts';
import { note, type Place, placeAt, text } from '../domain/input.ts';
import { PinnedItem } from '../entities/pinned-item.ts';
import { requireReadable } from './field-scopes.ts';
import { findStudent } from './find-students.ts';
import { notFound } from './not-found.ts';

interface PinInput {
  studentId: string;
  title: string;
  about: string;
  pinnedUntil?: string | null | undefined;
}

export async function pinItem(call: Context, input: PinInput): Promise<PinnedItemRow> {
  const details = readPin(input, call.today);
  requireReadable(signedIn(call), [details.about]);
  const student = await findStudent(call, input.studentId);
  if (!student) throw notFound('studentId');
  const item = call.em.create(PinnedItem, {
    ...details,
    homeSchoolUrn: student.homeSchoolUrn,
    studentId: student.id,
    id: newUuid(),
    pinnedAt: call.now,
  });
  await call.em.flush();
  return item;
}

function readPin({ title, about, pinnedUntil = null }: PinInput, today: string) {
  const place: Place = { field: '', problems: [] };
  const read = { title: text(200)(title, placeAt(place, 'title')), about, pinnedUntil };
  if (!canBePinned(about))
    note(
      placeAt(place, 'about'),
      'Expected a row of the guest matrix that the home school records, as "medicalConditions".',
    );
  if (pinnedUntil !== null && pinnedUntil < today)
    note(placeAt(place, 'pinnedUntil'), 'Expected today or a later day.');
  if (place.problems.length > 0) throw new InvalidInput(...place.problems);
  return read;
}
