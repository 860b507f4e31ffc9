/** Who teaches whom on one course at one school, and from which to which day. */
import type { DateInterval } from '../../kernel/identifiers/academic-year.ts';

export interface TaughtSlot {
  teacherId: string | null;
  from: string;
  to: string;
}

export interface Enrolled extends DateInterval {
  studentId: string;
}

interface RollMember {
  teacherId: string;
  studentId: string;
  /** The first and the last day on which the teacher can have the student in a lesson: slot and enrolment overlap. */
  firstLesson: string;
  lastLesson: string;
}

/** One member per teacher and student; several slots or enrolments of theirs are joined from the first to the last. */
export function teachingRoll(slots: readonly TaughtSlot[], enrolments: readonly Enrolled[]): RollMember[] {
  const members = new Map<string, RollMember>();
  for (const { teacherId, from, to } of slots)
    for (const { studentId, startDate, endDate } of enrolments) {
      const [first, last] = [later(from, startDate), endDate === null ? to : earlier(to, endDate)];
      if (teacherId === null || first > last) continue;
      const key = `${teacherId} ${studentId}`;
      const known = members.get(key) ?? { firstLesson: first, lastLesson: last };
      const [firstLesson, lastLesson] = [earlier(known.firstLesson, first), later(known.lastLesson, last)];
      members.set(key, { teacherId, studentId, firstLesson, lastLesson });
    }
  return [...members.values()];
}

const later = (one: string, other: string): string => (one > other ? one : other);
const earlier = (one: string, other: string): string => (one < other ? one : other);
