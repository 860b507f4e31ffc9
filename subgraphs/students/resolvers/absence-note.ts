import { encodeId } from '../../kernel/ids.ts';
import type { AbsenceNoteResolvers } from './types.generated.ts';

export const AbsenceNote: AbsenceNoteResolvers = {
  id: ({ id }) => encodeId('AbsenceNote', id),
  writtenBy: ({ writtenByName: name, writtenBySchool: schoolUrn }) => ({ name, schoolUrn }),
};
