import { Refused } from '../../kernel/errors.ts';
import { encodeId } from '../../kernel/ids.ts';
import type { CourseEnrolmentResolvers, CoursePushResolvers, CourseResolvers } from './types.generated.ts';

export const Course: CourseResolvers = {
  id: ({ id }) => encodeId('Course', id),
  homeSchool: ({ homeSchoolUrn }) => ({ urn: homeSchoolUrn }),
  slots: ({ id }, _args, { loaders }) => loaders.slotsOfCourse.load(id),
  pushes: ({ id }, _args, { loaders }) => loaders.pushesOfCourse.load(id),
};

export const CoursePush: CoursePushResolvers = {
  id: ({ id }) => encodeId('CoursePush', id),
  course: async ({ courseId }, _args, { loaders }) => (await loaders.course.load(courseId)) ?? gone(),
  teachingSchool: ({ teachingSchoolUrn }) => ({ urn: teachingSchoolUrn }),
  pushedAt: ({ pushedAt }) => new Date(pushedAt),
};

export const CourseEnrolment: CourseEnrolmentResolvers = {
  id: ({ id }) => encodeId('CourseEnrolment', id),
  course: async ({ courseId }, _args, { loaders }) => (await loaders.course.load(courseId)) ?? gone(),
  student: ({ studentId }) => ({ id: encodeId('Student', studentId) }),
};

/** Whoever sees a push or an enrolment sees its course: only a change in between makes this happen. */
function gone(): never {
  throw new Refused('NOT_FOUND', 'The course is not there any more.');
}
