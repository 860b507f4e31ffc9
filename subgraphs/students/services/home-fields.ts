/** The fields of a home record that a guest profile shows otherwise, or not at all. */
import { signedIn } from '../../kernel/subgraph/call.ts';
import type { AbsenceNoteRow, Context, PinnedItemRow, StudentRow } from '../context.ts';
import { pinnedItemsShown } from '../domain/pinned-items.ts';
import { NEWEST_NOTES } from '../loaders/records.ts';

/** Every school's: whoever teaches the student writes to its home school. */
export const homeAbsenceNotes = async (student: StudentRow, { loaders }: Context): Promise<AbsenceNoteRow[]> =>
  (await loaders.absenceNotes.load(student)).slice(0, NEWEST_NOTES);

export const homePinnedItems = async (student: StudentRow, call: Context): Promise<PinnedItemRow[]> =>
  pinnedItemsShown(await call.loaders.pinnedItems.load(student), {
    today: call.today,
    scopes: signedIn(call).scopes,
  });

export async function mealAccount(student: StudentRow, { loaders }: Context): Promise<{ balance: number } | null> {
  const balance = await loaders.mealBalance.load(student);
  return balance === null ? null : { balance };
}
