import { AccessOverride } from './access-override.ts';
import { Agreement } from './agreement.ts';
import { Course } from './course.ts';
import { CourseEnrolment } from './course-enrolment.ts';
import { CoursePush } from './course-push.ts';
import { EmergencyAccess } from './emergency-access.ts';
import { GuestProfile } from './guest-profile.ts';
import { Partnership } from './partnership.ts';
import { TimetableSlot } from './timetable-slot.ts';

export const entities = [
  AccessOverride,
  Agreement,
  Course,
  CourseEnrolment,
  CoursePush,
  EmergencyAccess,
  GuestProfile,
  Partnership,
  TimetableSlot,
];
