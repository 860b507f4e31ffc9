/** Whose this subgraph's types are, and whose record its mutations change: for the record of reading. */
import { decodeId } from '../kernel/ids.ts';
import { grantedStudent, ownStudent, type RecordedTypes, type Subject } from '../kernel/record/subject.ts';
import type { AbsenceNoteRow, Context, StudentRow } from './context.ts';
import type { Loaders } from './loaders.ts';
import type { QueryStudentsArgs } from './resolvers/types.generated.ts';
import type { GuestProfile } from './services/guest-fields.ts';

const ofStudent = ({ id, homeSchoolUrn }: Pick<StudentRow, 'id' | 'homeSchoolUrn'>): Subject =>
  ownStudent(id, homeSchoolUrn);

const ofGuest = ({ grant }: GuestProfile): Subject => grantedStudent(grant);

export const recorded: RecordedTypes<Loaders> = {
  subjects: { Student: ofStudent, GuestProfile: ofGuest, EmergencyAccess: ofGuest, Viewer: null },
  changes: {
    updateStudent: ({ student }: { student: StudentRow }) => ofStudent(student),
    updateGuestProfile: ({ guestProfile }: { guestProfile: GuestProfile }) => ofGuest(guestProfile),
    addAbsenceNote: noteWritten,
    pinItem: ({ pinnedItem }: { pinnedItem: OfStudent }) => ownStudent(pinnedItem.studentId, pinnedItem.homeSchoolUrn),
    deletePinnedItem: ({ student }: { student: OfStudent }) => ownStudent(student.studentId, student.homeSchoolUrn),
  },
  seeks: {
    student: { id: 'Student' },
    updateStudent: { studentId: 'Student' },
    updateGuestProfile: { guestProfileId: 'GuestProfile' },
    addAbsenceNote: { studentId: 'Student', guestProfileId: 'GuestProfile' },
    pinItem: { studentId: 'Student' },
    deletePinnedItem: { pinnedItemId: 'PinnedItem' },
  },
  tells: {
    students: ({ filter }: QueryStudentsArgs) => [
      ...(filter?.yearGroup ? ['Student.yearGroup'] : []),
      ...(filter?.rollStatus ? ['Student.rollStatus'] : []),
    ],
  },
};

interface OfStudent {
  studentId: string;
  homeSchoolUrn: string;
}

/** At a teaching school a note is written by the grant of the profile that was named. */
function noteWritten(
  { absenceNote }: { absenceNote: AbsenceNoteRow & OfStudent },
  { input }: { input: { guestProfileId?: string | null } },
  { grants }: Context,
): Subject {
  const profile = input.guestProfileId ? decodeId('GuestProfile', input.guestProfileId) : null;
  const grant = profile === null ? undefined : grants.byProfile.get(profile);
  return grant ? grantedStudent(grant) : ownStudent(absenceNote.studentId, absenceNote.homeSchoolUrn);
}
