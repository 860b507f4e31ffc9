import { scalarResolvers } from '../../kernel/graphql/scalars.ts';
import { YearGroup } from '../../kernel/graphql/year-group.ts';
import { Course, CourseEnrolment, CoursePush } from './course.ts';
import { EmergencyAccess } from './emergency-access.ts';
import { GuestProfile } from './guest-profile.ts';
import { Mutation } from './mutation.ts';
import { Agreement, Partnership } from './partnership.ts';
import { Query } from './query.ts';
import { Student } from './student.ts';
import { TimetableSlot } from './timetable-slot.ts';
import type { Resolvers } from './types.generated.ts';

const { URN, Time, Date: date, DateTime } = scalarResolvers;

export const resolvers: Resolvers = {
  URN,
  Time,
  Date: date,
  DateTime,
  YearGroup,
  Query,
  Mutation,
  GuestProfile,
  EmergencyAccess,
  Student,
  Course,
  CoursePush,
  CourseEnrolment,
  TimetableSlot,
  Partnership,
  Agreement,
};
