/** Weekly lessons: what a slot must hold, and where a course is taught. */
import type { UserError } from '../../kernel/errors.ts';
import { parseText } from '../../kernel/text/text-input.ts';

export type Weekday = 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY' | 'SUNDAY';

/** Times are `HH:MM`, dates `YYYY-MM-DD`, both included. */
export interface Slot {
  weekday: Weekday;
  startsAt: string;
  endsAt: string;
  from: string;
  to: string;
  teacher: SlotTeacher | null;
}

interface SlotTeacher {
  /** UUID; null where the id that was given does not decode. */
  id: string | null;
  name: string;
}

/** Everything wrong with the slots, each with the path of its field. `known`: those that the course has there already. */
export function slotProblems(slots: readonly Slot[], known: readonly Slot[] = []): UserError[] {
  const seen = new Set(known.map(keyOf));
  return slots.flatMap((slot, index) => {
    const problem = (code: string, field: string, message: string) => ({
      code,
      field: `slots.${index}${field}`,
      message,
    });
    const problems: UserError[] = [];
    if (slot.startsAt >= slot.endsAt) problems.push(problem('INVALID', '.endsAt', 'A lesson ends after it starts.'));
    if (slot.from > slot.to) problems.push(problem('INVALID', '.to', 'The last day is not before the first.'));
    if (slot.teacher?.id === null)
      problems.push(problem('INVALID', '.teacher.id', 'Expected the id of a member of staff, as in viewer { id }.'));
    const name = slot.teacher && readName(slot.teacher.name);
    if (name && !name.ok) problems.push(problem('INVALID', '.teacher.name', name.expected));
    if (seen.has(keyOf(slot))) problems.push(problem('DUPLICATE', '', 'The course has this slot already.'));
    seen.add(keyOf(slot));
    return problems;
  });
}

/** Of a course, a subject, a teacher. */
export const readName = parseText(200);

const keyOf = ({ weekday, startsAt, endsAt, from, to, teacher }: Slot): string =>
  [weekday, startsAt, endsAt, from, to, teacher?.id ?? ''].join(' ');
