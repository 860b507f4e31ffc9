import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  academicYear,
  academicYearOf,
  academicYearsOf,
  clipToAcademicYear,
  firstDayOf,
  isStartYear,
  lastDayOf,
  parseAcademicYear,
} from './academic-year.ts';
import { addDays, daysBetween } from './iso-date.ts';

const date = fc
  .date({ min: new Date('1990-01-01'), max: new Date('2050-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const interval = fc
  .tuple(date, fc.nat(4000))
  .map(([startDate, days]) => ({ startDate, endDate: addDays(startDate, days) }));
const labels = (years: readonly { label: string }[]) => years.map((year) => year.label);

describe('an academic year', () => {
  it('runs from 1 September to 31 August', () => {
    expect(academicYearOf('2023-08-31').label).toBe('2022/23');
    expect(academicYearOf('2023-09-01')).toEqual({ startYear: 2023, label: '2023/24' });
    expect(academicYearOf('2024-08-31').label).toBe('2023/24');
    expect(firstDayOf(academicYear(2023))).toBe('2023-09-01');
    expect(lastDayOf(academicYear(2023))).toBe('2024-08-31');
  });

  it('is labelled with two digits across a century', () => {
    expect(academicYear(1999).label).toBe('1999/00');
    expect(academicYear(2009).label).toBe('2009/10');
  });

  it.each(['2024/25', '2024/2025', '202425', ' 2024/25 '])('is read from "%s"', (text) => {
    expect(parseAcademicYear(text)).toEqual({ ok: true, value: { startYear: 2024, label: '2024/25' } });
  });

  it.each(['2024/26', '2024/24', '2024/2026', '2024/1925', '2024', '24/25', '2024-25', '20242025', '0000/01'])(
    'is not read from "%s"',
    (text) => {
      expect(parseAcademicYear(text).ok).toBe(false);
    },
  );

  it('has a whole start year within the calendar', () => {
    expect([2023, 1, 9998].map(isStartYear)).toEqual([true, true, true]);
    expect([0, 9999, 2023.5, Number.NaN].map(isStartYear)).toEqual([false, false, false, false]);
    expect(() => academicYear(2023.5)).toThrow(RangeError);
  });

  it('of something that is no date is refused without repeating it', () => {
    expect(() => academicYearOf('2023-02-29')).toThrow(/^(?!.*2023-02-29)/);
  });

  it('holds every date between its first and its last day', () => {
    fc.assert(
      fc.property(date, (day) => {
        const year = academicYearOf(day);
        expect(firstDayOf(year) <= day && day <= lastDayOf(year)).toBe(true);
        expect(addDays(lastDayOf(year), 1)).toBe(firstDayOf(academicYear(year.startYear + 1)));
        expect(parseAcademicYear(year.label)).toEqual({ ok: true, value: year });
      }),
    );
  });
});

describe('an interval clipped to an academic year', () => {
  const year = academicYear(2023);

  it.each([
    ['lies inside', '2023-10-01', '2024-01-31', { startDate: '2023-10-01', endDate: '2024-01-31' }],
    ['is open', '2022-09-01', null, { startDate: '2023-09-01', endDate: '2024-08-31' }],
    ['starts in the year and is open', '2024-02-01', null, { startDate: '2024-02-01', endDate: '2024-08-31' }],
    ['covers the year', '2020-09-01', '2027-08-31', { startDate: '2023-09-01', endDate: '2024-08-31' }],
    ['ends on the first day', '2022-09-01', '2023-09-01', { startDate: '2023-09-01', endDate: '2023-09-01' }],
    ['starts on the last day', '2024-08-31', '2025-08-31', { startDate: '2024-08-31', endDate: '2024-08-31' }],
    ['ends the day before', '2022-09-01', '2023-08-31', null],
    ['starts the day after', '2024-09-01', null, null],
    ['ends before it starts', '2024-03-02', '2024-03-01', null],
  ])('where it %s', (_where, startDate, endDate, clipped) => {
    expect(clipToAcademicYear({ startDate, endDate }, year)).toEqual(clipped);
  });
});

describe('the academic years of an interval', () => {
  it('are those it touches, if only by a day', () => {
    expect(labels(academicYearsOf({ startDate: '2022-08-31', endDate: '2023-09-01' }, '2030-01-01'))).toEqual([
      '2021/22',
      '2022/23',
      '2023/24',
    ]);
  });

  it('go on to today where it is open', () => {
    expect(labels(academicYearsOf({ startDate: '2022-10-01', endDate: null }, '2024-06-01'))).toEqual([
      '2022/23',
      '2023/24',
    ]);
  });

  it('include the first year of one that is open and starts in the future', () => {
    expect(labels(academicYearsOf({ startDate: '2025-09-01', endDate: null }, '2024-06-01'))).toEqual(['2025/26']);
  });

  it('are none where it ends before it starts', () => {
    expect(academicYearsOf({ startDate: '2024-09-01', endDate: '2024-08-31' }, '2024-06-01')).toEqual([]);
  });

  it('cut it into parts that follow each other and add up to it', () => {
    fc.assert(
      fc.property(interval, ({ startDate, endDate }) => {
        const years = academicYearsOf({ startDate, endDate }, startDate);
        const parts = years.flatMap((year) => clipToAcademicYear({ startDate, endDate }, year) ?? []);
        expect(parts).toHaveLength(years.length);
        expect(parts[0]?.startDate).toBe(startDate);
        expect(parts.at(-1)?.endDate).toBe(endDate);
        const days = parts.reduce((sum, part) => sum + daysBetween(part.startDate, part.endDate) + 1, 0);
        expect(days).toBe(daysBetween(startDate, endDate) + 1);
      }),
    );
  });
});
