/**
 * Birchwood's agreement with Cedar ran for one academic year and was not renewed, but the course that was pushed under it
 * is still on Cedar's timetable. Nobody takes it: enrol a student of Birchwood, and Cedar sees what keeps a child safe and
 * nothing else.
 */
import type { Session } from '../../kernel/database/transaction.ts';
import { CEDAR } from '../../kernel/demo/schools.ts';
import { demoStaffId } from '../../kernel/demo/staff.ts';
import { type AcademicYear, academicYear, firstDayOf, lastDayOf } from '../../kernel/identifiers/academic-year.ts';
import { encodeId } from '../../kernel/ids.ts';
import { createCourse } from '../services/create-course.ts';
import { pushCourse } from '../services/push-course.ts';
import { seedAgreement } from './agreements.ts';
import { weekly } from './timetable.ts';

/** Runs on a day of `year`, the last academic year. */
export async function seedLapsed(session: Session, year: AcademicYear): Promise<void> {
  const reviewOn = lastDayOf(year);
  await seedAgreement(session, { teachingSchoolUrn: CEDAR, from: firstDayOf(year), to: lastDayOf(year), reviewOn });
  const courseId = encodeId('Course', await createCourse(session, { name: 'Music', subject: 'Music', slots: [] }));
  const teacher = { id: demoStaffId('music@cedar.example'), name: 'Minna Cedarholm' };
  const slots = [year, academicYear(year.startYear + 1)].flatMap((each) =>
    weekly(each, ['WEDNESDAY'], '10:00', teacher),
  );
  await pushCourse(session, { courseId, teachingSchoolUrn: CEDAR, slots });
}
