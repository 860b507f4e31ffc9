/** Writes the slots of a course at one school. */
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { decodeId, newUuid } from '../../kernel/ids.ts';
import { type Slot, slotProblems, type Weekday } from '../domain/slot.ts';
import type { CourseEntity } from '../entities/course.ts';
import { TimetableSlot } from '../entities/timetable-slot.ts';

export interface SlotInput {
  weekday: Weekday;
  startsAt: string;
  endsAt: string;
  from: string;
  to: string;
  teacher?: { id: string; name: string } | null | undefined;
}

/** Throws InvalidInput where a slot is none, or is there already. */
export async function addSlots(
  session: Session,
  course: Pick<CourseEntity, 'homeSchoolUrn' | 'id'>,
  schoolUrn: string,
  inputs: readonly SlotInput[],
): Promise<void> {
  if (inputs.length === 0) return;
  const key = { homeSchoolUrn: course.homeSchoolUrn, courseId: course.id, schoolUrn };
  const known = (await session.em.find(TimetableSlot, key)).map((slot) => ({
    ...slot,
    startsAt: toTheMinute(slot.startsAt),
    endsAt: toTheMinute(slot.endsAt),
    from: slot.fromDate,
    to: slot.toDate,
    teacher: slot.teacherId === null ? null : { id: slot.teacherId, name: slot.teacherName ?? '' },
  }));
  const slots = inputs.map(slotOf);
  const problems = slotProblems(slots, known);
  if (problems.length > 0) throw new InvalidInput(...problems);
  for (const { from, to, teacher, ...slot } of slots)
    session.em.create(
      TimetableSlot,
      {
        ...key,
        ...slot,
        id: newUuid(),
        fromDate: from,
        toDate: to,
        teacherId: teacher?.id ?? null,
        teacherName: teacher?.name.trim() ?? null,
      },
      { persist: true },
    );
  await session.em.flush();
}

const slotOf = ({ weekday, startsAt, endsAt, from, to, teacher }: SlotInput): Slot => ({
  weekday,
  startsAt,
  endsAt,
  from,
  to,
  teacher: teacher ? { id: decodeId('Staff', teacher.id), name: teacher.name } : null,
});

/** PostgreSQL gives `09:05:00`. */
const toTheMinute = (time: string): string => time.slice(0, 5);
