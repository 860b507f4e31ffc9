import { encodeId } from '../../kernel/ids.ts';
import type { TimetableSlotResolvers } from './types.generated.ts';

export const TimetableSlot: TimetableSlotResolvers = {
  id: ({ id }) => encodeId('TimetableSlot', id),
  school: ({ schoolUrn }) => ({ urn: schoolUrn }),
  teacher: ({ teacherId, teacherName }) =>
    teacherId === null ? null : { id: encodeId('Staff', teacherId), name: teacherName ?? '' },
};
