/** Weekly lessons of the demo, for one whole academic year, so that whoever teaches sees the students on any day. */
import { type AcademicYear, firstDayOf, lastDayOf } from '../../kernel/identifiers/academic-year.ts';
import { encodeId } from '../../kernel/ids.ts';
import type { Weekday } from '../domain/slot.ts';
import type { SlotInput } from '../services/add-slots.ts';

/** An hour from `startsAt` (`HH:MM`) on each of the days. `teacher.id` is a UUID. */
export const weekly = (
  year: AcademicYear,
  weekdays: readonly Weekday[],
  startsAt: string,
  teacher: { id: string; name: string },
): SlotInput[] =>
  weekdays.map((weekday) => ({
    weekday,
    startsAt,
    endsAt: anHourAfter(startsAt),
    from: firstDayOf(year),
    to: lastDayOf(year),
    teacher: { id: encodeId('Staff', teacher.id), name: teacher.name },
  }));

const anHourAfter = (time: string): string =>
  `${String(Number(time.slice(0, 2)) + 1).padStart(2, '0')}${time.slice(2)}`;
