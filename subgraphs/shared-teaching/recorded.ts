/** Whose this subgraph's types are, and whose record its mutations change: for the record of reading. */
import { BREAK_GLASS } from '../kernel/guest-access/grant.ts';
import { decodeId, encodeId } from '../kernel/ids.ts';
import { grantedStudent, ownStudent, type RecordedTypes, type Subject } from '../kernel/record/subject.ts';
import { schoolOf, signedIn } from '../kernel/subgraph/call.ts';
import type { Context } from './context.ts';
import { isOpenTo } from './domain/emergency-access.ts';
import type { Loaders } from './loaders.ts';
import type { MutationSetGuestFieldAccessArgs, QueryGuestProfilesArgs } from './resolvers/types.generated.ts';
import { guestGrant } from './services/guest-grant.ts';
import type { EnrolmentRow, PushRow } from './services/load-courses.ts';
import type { EmergencyAccessRow } from './services/load-emergency-accesses.ts';
import type { GuestProfileRow } from './services/load-guest-profiles.ts';
import { studentsOn } from './services/push-course.ts';

export const recorded: RecordedTypes<Loaders> = {
  subjects: {
    GuestProfile: ofGuest,
    EmergencyAccess: ofEmergency,
    Student: ({ id }: { id: string }, call: Context) => ofOwnSchool(id, call),
  },
  changes: {
    // nobody takes it yet
    createCourse: null,
    pushCourse: pushed,
    enrolOnCourse: ({ courseEnrolment }: { courseEnrolment: EnrolmentRow }, _args: unknown, call: Context) =>
      ownStudent(courseEnrolment.studentId, schoolOf(call)),
    openEmergencyAccess: (
      { emergencyAccess, alreadyOpen }: { emergencyAccess: EmergencyAccessRow; alreadyOpen: boolean },
      _args: unknown,
      call: Context,
    ) => ({ ...ofEmergency(emergencyAccess, call), onlyRead: alreadyOpen }),
    setGuestFieldAccess: accessSet,
  },
  seeks: {
    guestProfile: { id: 'GuestProfile' },
    emergencyAccess: { id: 'EmergencyAccess' },
    openEmergencyAccess: { guestProfileId: 'GuestProfile' },
    enrolOnCourse: { courseId: null, studentId: 'Student' },
    pushCourse: { courseId: null },
    setGuestFieldAccess: { studentId: 'Student' },
  },
  tells: {
    guestProfiles: ({ filter }: QueryGuestProfilesArgs) => [
      ...(filter?.homeSchoolUrn ? ['GuestProfile.homeSchool'] : []),
      ...(filter?.teachingSchoolUrn ? ['GuestProfile.teachingSchool'] : []),
      // no field shows it
      ...(filter?.courseId ? ['GuestProfileFilter.courseId'] : []),
    ],
  },
};

/** What the home school gives a teaching school, before anything of a student flows by it. */
const given = (call: Context, teachingSchool: string, student: string | null): Subject => ({
  student,
  homeSchool: schoolOf(call),
  teachingSchool,
  agreement: null,
  purpose: 'What the home school shares',
  guest: null,
});

/** Without a student it is about every guest there. What is named is a row of the matrix: no value of anybody's. */
function accessSet(_payload: object, { input }: MutationSetGuestFieldAccessArgs, call: Context): Subject {
  const { studentId, teachingSchoolUrn, field } = input;
  return { ...given(call, teachingSchoolUrn, studentId ? decodeId('Student', studentId) : null), rows: [field] };
}

/** The push, and whoever takes the course where it makes guests. */
async function pushed({ coursePush }: { coursePush: PushRow }, _args: unknown, call: Context): Promise<Subject[]> {
  const { courseId, teachingSchoolUrn, hasSlots } = coursePush;
  const students = hasSlots ? await studentsOn(call, { homeSchoolUrn: schoolOf(call), id: courseId }) : [];
  return [null, ...students].map((student) => given(call, teachingSchoolUrn, student));
}

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
