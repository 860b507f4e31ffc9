import { mutate } from '../../kernel/subgraph/mutation.ts';
import { addAbsenceNote } from '../services/add-absence-note.ts';
import { deletePinnedItem } from '../services/delete-pinned-item.ts';
import { pinItem } from '../services/pin-item.ts';
import { updateGuestProfile } from '../services/update-guest-profile.ts';
import { updateStudent } from '../services/update-student.ts';
import type { MutationResolvers } from './types.generated.ts';

export const Mutation: MutationResolvers = {
  updateStudent: (_, { input }, call) => mutate(call, async () => ({ student: await updateStudent(call, input) })),
  updateGuestProfile: (_, { input }, call) =>
    mutate(call, async () => ({ guestProfile: await updateGuestProfile(call, input) })),
  addAbsenceNote: (_, { input }, call) =>
    mutate(call, async () => ({ absenceNote: await addAbsenceNote(call, input) })),
  pinItem: (_, { input }, call) => mutate(call, async () => ({ pinnedItem: await pinItem(call, input) })),
  deletePinnedItem: (_, { input }, call) =>
    mutate(call, async () => ({
      student: await deletePinnedItem(call, input.pinnedItemId),
      deletedId: input.pinnedItemId,
    })),
};
