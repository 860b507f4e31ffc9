/** Whose this subgraph's types are, and whose record its mutations change: for the record of reading. */
import { BREAK_GLASS } from '../kernel/guest-access/grant.ts';
import { decodeId, encodeId } from '../kernel/ids.ts';
import { grantedStudent, ownStudent, type RecordedTypes, type Subject } from '../kernel/record/subject.ts';
import { schoolOf, signedIn } from '../kernel/subgraph/call.ts';
import type { Context } from './context.ts';
import { isOpenTo } from './domain/emergency-access.ts';
import type { Loaders } from './loaders.ts';
import { guestGrant } from './services/guest-grant.ts';
import type { EnrolmentRow } from './services/load-courses.ts';
import type { EmergencyAccessRow } from './services/load-emergency-accesses.ts';
import type { GuestProfileRow } from './services/load-guest-profiles.ts';

export const recorded: RecordedTypes<Loaders> = {
  subjects: {
    GuestProfile: ofGuest,
    EmergencyAccess: ofEmergency,
    Student: ({ id }: { id: string }, call: Context) => ofOwnSchool(id, call),
  },
  changes: {
    createCourse: null,
    pushCourse: null,
    enrolOnCourse: ({ courseEnrolment }: { courseEnrolment: EnrolmentRow }, _args: unknown, call: Context) =>
      ownStudent(courseEnrolment.studentId, schoolOf(call)),
    openEmergencyAccess: (
      { emergencyAccess }: { emergencyAccess: EmergencyAccessRow },
      _args: unknown,
      call: Context,
    ) => ofEmergency(emergencyAccess, call),
    // without a student it is about every guest there
    setGuestFieldAccess: (_payload: object, { input }: { input: { studentId?: string | null } }, call: Context) =>
      input.studentId ? ofOwnSchool(input.studentId, call) : null,
  },
};

/** The home school needs no agreement to read of its own student, so none is looked up. */
async function ofGuest(profile: GuestProfileRow, call: Context): Promise<Subject> {
  const { id, studentId, homeSchoolUrn } = profile;
  if (call.school === homeSchoolUrn)
    return { ...ownStudent(studentId, homeSchoolUrn), guest: { id: encodeId('GuestProfile', id), access: new Map() } };
  return grantedStudent(guestGrant(profile, await call.loaders.access.load(profile), call));
}

/** Whoever opened it reads it for that; everybody else, in the list of what was opened. */
function ofEmergency(row: EmergencyAccessRow, call: Context): Subject {
  const { studentId: student, homeSchoolUrn: homeSchool } = row;
  const purpose = isOpenTo(row, signedIn(call), call.now) ? BREAK_GLASS : 'The list of emergency accesses';
  return { student, homeSchool, agreement: null, purpose, guest: null };
}

/** A student's id leads to something at the home school only. */
function ofOwnSchool(id: string, call: Context): Subject | null {
  const student = decodeId('Student', id);
  return student === null || call.school === null ? null : ownStudent(student, call.school);
}
