/** Deletes a pinned item. There is one row for all schools that show it, so it is gone everywhere at once. */
import { decodeId } from '../../kernel/ids.ts';
import { schoolOf, signedIn } from '../../kernel/subgraph/call.ts';
import type { Context } from '../context.ts';
import { mayRead } from '../domain/field-scopes.ts';
import { PinnedItem } from '../entities/pinned-item.ts';
import { notFound } from './not-found.ts';

/** Whose it was. One that the caller may not see is not found. */
export async function deletePinnedItem(
  call: Context,
  pinnedItemId: string,
): Promise<{ studentId: string; homeSchoolUrn: string }> {
  const { scopes } = signedIn(call);
  const id = decodeId('PinnedItem', pinnedItemId);
  const item = id === null ? null : await call.em.findOne(PinnedItem, { homeSchoolUrn: schoolOf(call), id });
  if (!item || !mayRead(scopes, item.about)) throw notFound('pinnedItemId');
  const { studentId, homeSchoolUrn } = item;
  call.em.remove(item);
  await call.em.flush();
  return { studentId, homeSchoolUrn };
}
