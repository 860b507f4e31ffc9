import { defineEntity, p } from '@mikro-orm/postgresql';

/** That a student takes a course. Columns are described in migrations/0002-courses.ts. */
export const CourseEnrolment = defineEntity({
  name: 'CourseEnrolment',
  schema: 'shared_teaching',
  tableName: 'course_enrolment',
  properties: {
    homeSchoolUrn: p.text().primary(),
    id: p.uuid().primary(),
    courseId: p.uuid(),
    studentId: p.uuid(),
    startDate: p.date(),
    endDate: p.date().strictNullable(),
    version: p.integer().version(),
  },
});
