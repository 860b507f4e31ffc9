/** The demo's session register: the last school days up to today, mostly present, with a bit of everything. */
import { addDays, weekdayOf } from '../../kernel/identifiers/iso-date.ts';
import type { SessionMarkRow } from '../domain/student-record.ts';

const DAYS = 15;

/** The last days that are no Saturday or Sunday, newest first. The demo keeps no school holidays. */
export function demoSchoolDays(today: string): string[] {
  const days: string[] = [];
  for (let day = today; days.length < DAYS; day = addDays(day, -1)) if (weekdayOf(day) <= 5) days.push(day);
  return days;
}

const UNUSUAL = ['L', 'I', 'B', 'N', 'M', 'V', 'C', 'L', 'W', 'O', 'R', 'J1'];

/** `number`: counts the demo's students. */
export const demoMarks = (number: number, days: readonly string[]): SessionMarkRow[] =>
  days.flatMap((date, day) => {
    const chance = (number * 7 + day * 5) % 11;
    const unusual = UNUSUAL[(number + day) % UNUSUAL.length] ?? 'L';
    return [
      { date, session: 'AM' as const, mark: chance === 0 ? unusual : '/' },
      { date, session: 'PM' as const, mark: chance === 0 && unusual !== 'L' ? unusual : '\\' },
    ];
  });
