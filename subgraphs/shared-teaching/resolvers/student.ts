import { decodeId } from '../../kernel/ids.ts';
import type { StudentResolvers } from './types.generated.ts';

export const Student: StudentResolvers = {
  guestProfiles: async ({ id }, _args, { loaders }) => {
    const uuid = decodeId('Student', id);
    return uuid === null ? [] : loaders.profilesOfStudent.load(uuid);
  },
};
