import { describe, expect, it } from 'vitest';
import { type Slot, slotProblems } from './slot.ts';

const SLOT: Slot = {
  weekday: 'MONDAY',
  startsAt: '09:00',
  endsAt: '10:00',
  from: '2026-09-01',
  to: '2027-07-16',
  teacher: { id: '0f6cf9f0-5c3a-4f0e-8f4b-000000000001', name: 'Una Tester' },
};

const codesOf = (...slots: Slot[]) => slotProblems(slots).map(({ code, field }) => `${code} ${field}`);

describe('a timetable slot', () => {
  it('is accepted with a teacher and without', () => {
    expect(codesOf(SLOT, { ...SLOT, teacher: null })).toEqual([]);
  });

  it('may last one day', () => {
    expect(codesOf({ ...SLOT, to: SLOT.from })).toEqual([]);
  });

  it.each<[string, Partial<Slot>, string]>([
    ['that ends when it starts', { endsAt: '09:00' }, 'INVALID slots.1.endsAt'],
    ['that ends before it starts', { endsAt: '08:59' }, 'INVALID slots.1.endsAt'],
    ['whose last day is before its first', { to: '2026-08-31' }, 'INVALID slots.1.to'],
    ['whose teacher’s id does not decode', { teacher: { id: null, name: 'Una Tester' } }, 'INVALID slots.1.teacher.id'],
    [
      'whose teacher has no name',
      { teacher: { id: SLOT.teacher?.id ?? null, name: ' ' } },
      'INVALID slots.1.teacher.name',
    ],
    ...['Una\u0000', 'Una\u001b', 'Una\ud800', 'x'.repeat(201)].map((name): [string, Partial<Slot>, string] => [
      `whose teacher’s name no database or export can hold (${JSON.stringify(name.slice(0, 9))})`,
      { teacher: { id: SLOT.teacher?.id ?? null, name } },
      'INVALID slots.1.teacher.name',
    ]),
  ])('%s is refused, by the path of the field', (_what, change, problem) => {
    const changed = { ...SLOT, weekday: 'FRIDAY' as const, ...change };
    expect(codesOf(SLOT, changed)).toEqual([problem]);
  });

  it('that is said twice, or is there already, is a duplicate', () => {
    expect(codesOf(SLOT, SLOT)).toEqual(['DUPLICATE slots.1']);
    expect(slotProblems([SLOT], [SLOT]).map(({ code }) => code)).toEqual(['DUPLICATE']);
    expect(slotProblems([SLOT], [{ ...SLOT, weekday: 'TUESDAY' }])).toEqual([]);
  });

  it('with several faults tells all of them at once', () => {
    expect(codesOf({ ...SLOT, endsAt: '08:00', to: '2026-01-01' })).toHaveLength(2);
  });
});
