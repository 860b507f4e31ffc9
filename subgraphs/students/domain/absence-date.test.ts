import { describe, expect, it } from 'vitest';
import { noteAbsenceDate } from './absence-date.ts';
import type { Place } from './input.ts';

const isTaken = (date: string, today: string, atHome: boolean): boolean => {
  const place: Place = { field: 'date', problems: [] };
  noteAbsenceDate(date, place, { today, atHome });
  return place.problems.length === 0;
};

describe('the day of an absence note', () => {
  it('lies in the academic year of today, on its last day and on its first', () => {
    expect(isTaken('2027-08-31', '2027-08-31', false)).toBe(true);
    expect(isTaken('2027-09-01', '2027-08-31', false)).toBe(false);
    expect(isTaken('2027-08-31', '2027-09-01', false)).toBe(false);
    expect(isTaken('2027-09-01', '2027-09-01', false)).toBe(true);
  });

  it('may at home lie in the year before', () => {
    expect(isTaken('2026-09-01', '2027-09-01', true)).toBe(true);
    expect(isTaken('2026-08-31', '2027-09-01', true)).toBe(false);
    expect(isTaken('2028-08-31', '2027-09-01', true)).toBe(true);
  });
});
