/** Alder Grove School: three courses taught at its partners, one pushed without slots, one of its own. */
import type { Session } from '../../kernel/database/transaction.ts';
import { BIRCHWOOD, CEDAR } from '../../kernel/demo/schools.ts';
import { demoStaff, demoStaffId } from '../../kernel/demo/staff.ts';
import { type AcademicYear, academicYear, firstDayOf, lastDayOf } from '../../kernel/identifiers/academic-year.ts';
import { encodeId } from '../../kernel/ids.ts';
import { createCourse } from '../services/create-course.ts';
import { enrolAll } from '../services/enrol-on-course.ts';
import { pushCourse } from '../services/push-course.ts';
import { seedAgreement } from './agreements.ts';
import { demoStudents } from './students.ts';
import { weekly } from './timetable.ts';

const AT_BIRCHWOOD = 60;
const AT_CEDAR = 10;
const AT_BOTH = 3;

export async function seedAlder(session: Session, year: AcademicYear): Promise<void> {
  const agreed = { from: firstDayOf(year), to: lastDayOf(academicYear(year.startYear + 2)), reviewOn: lastDayOf(year) };
  for (const teachingSchoolUrn of [BIRCHWOOD, CEDAR]) await seedAgreement(session, { teachingSchoolUrn, ...agreed });
  const physicist = demoStaff('teacher@birchwood.example');
  const mathematician = { id: demoStaffId('mathematics@birchwood.example'), name: 'Matt Birkin' };
  const artist = demoStaff('teacher@cedar.example');
  const teacher = demoStaff('teacher@alder.example');

  const students = await demoStudents(session, AT_BIRCHWOOD + AT_CEDAR - AT_BOTH);
  const birchwood = students.sixthForm.slice(0, AT_BIRCHWOOD);
  const cedar = students.all.slice(AT_BIRCHWOOD - AT_BOTH, AT_BIRCHWOOD - AT_BOTH + AT_CEDAR);
  const guests = new Set([...birchwood, ...cedar]);
  const others = students.all.filter((student) => !guests.has(student));

  const physics = await course(session, 'Physics', 'Physics');
  await push(session, physics, BIRCHWOOD, weekly(year, ['TUESDAY', 'THURSDAY'], '09:30', physicist));
  await enrol(session, physics, year, birchwood.slice(0, 42));
  const mathematics = await course(session, 'Further Mathematics', 'Mathematics');
  await push(session, mathematics, BIRCHWOOD, weekly(year, ['MONDAY', 'WEDNESDAY'], '11:00', mathematician));
  await enrol(session, mathematics, year, birchwood.slice(30));
  const art = await course(session, 'Art & Design', 'Art and Design');
  await push(session, art, CEDAR, weekly(year, ['FRIDAY'], '13:30', artist));
  await enrol(session, art, year, cedar);
  // without slots: no guest comes of it
  const latin = await course(session, 'Latin', 'Latin');
  await push(session, latin, BIRCHWOOD, []);
  await enrol(session, latin, year, others.slice(0, 6));
  // taught at Alder itself: guests elsewhere and students who are nowhere a guest
  const slots = weekly(year, ['MONDAY', 'TUESDAY', 'THURSDAY'], '14:00', teacher);
  const english = encodeId(
    'Course',
    await createCourse(session, { name: 'English Literature', subject: 'English', slots }),
  );
  await enrol(session, english, year, [...birchwood.slice(0, 8), ...others.slice(0, 16)]);
}

const course = async (session: Session, name: string, subject: string): Promise<string> =>
  encodeId('Course', await createCourse(session, { name, subject, slots: [] }));

const push = (session: Session, courseId: string, teachingSchoolUrn: string, slots: ReturnType<typeof weekly>) =>
  pushCourse(session, { courseId, teachingSchoolUrn, slots });

/** From the first day of the academic year; every third to its last lesson day, where that is still to come. */
async function enrol(session: Session, courseId: string, year: AcademicYear, students: readonly string[]) {
  const july = `${year.startYear + 1}-07-31`;
  const endDate = session.today <= july ? july : null;
  const enrolments = students.map((studentId, index) => ({
    studentId,
    startDate: firstDayOf(year),
    endDate: index % 3 === 2 ? endDate : null,
  }));
  await enrolAll(session, courseId, enrolments);
}
