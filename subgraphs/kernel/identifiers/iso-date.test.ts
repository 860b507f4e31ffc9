import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, daysBetween, isIsoDate, parseIsoDate, weekdayOf } from './iso-date.ts';

const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const days = fc.integer({ min: -50_000, max: 50_000 });

describe('a calendar date', () => {
  it.each(['2024-02-29', '2000-02-29', '1999-12-31', '0001-01-01', '9999-12-31'])('%s exists', (text) => {
    expect(isIsoDate(text)).toBe(true);
  });

  it.each([
    '2023-02-29',
    '1900-02-29',
    '2024-02-30',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-00',
    '0000-01-01',
    '2024-1-1',
    '20240101',
    '01/09/2024',
    '2024-09-01T00:00:00Z',
    '2024-09-01\n',
    '+12024-09-01',
  ])('%j does not exist', (text) => {
    expect(isIsoDate(text)).toBe(false);
  });

  it('that comes from outside lies in the years 1900 to 2199', () => {
    expect(parseIsoDate(' 2024-09-01 ')).toEqual({ ok: true, value: '2024-09-01' });
    expect(parseIsoDate('1900-01-01').ok).toBe(true);
    expect(parseIsoDate('2199-12-31').ok).toBe(true);
    expect(parseIsoDate('1899-12-31').ok).toBe(false);
    expect(parseIsoDate('2200-01-01').ok).toBe(false);
    expect(parseIsoDate('2023-02-29').ok).toBe(false);
  });
});

describe('counting days', () => {
  it('passes over the ends of months, leap days and the change of the clocks', () => {
    expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01');
    expect(addDays('2024-01-01', -1)).toBe('2023-12-31');
    expect(daysBetween('2024-03-30', '2024-04-01')).toBe(2);
    expect(daysBetween('2023-09-01', '2024-08-31')).toBe(365);
  });

  it('there and back is the same date', () => {
    fc.assert(
      fc.property(date, days, (start, count) => {
        const end = addDays(start, count);
        expect(isIsoDate(end)).toBe(true);
        expect(daysBetween(start, end)).toBe(count);
        expect(addDays(end, -count)).toBe(start);
      }),
    );
  });

  it('goes the way that text sorts', () => {
    fc.assert(fc.property(date, date, (a, b) => Math.sign(daysBetween(a, b)) === (a < b ? 1 : a > b ? -1 : 0)));
  });

  it('refuses what is no date, half a day, and a day after the calendar, without repeating the date', () => {
    expect(() => addDays('2023-02-29', 1)).toThrow(RangeError);
    expect(() => addDays('2024-09-01', 0.5)).toThrow('whole number');
    expect(() => addDays('9999-12-31', 1)).toThrow('0001 to 9999');
    expect(() => addDays('2024-09-01', Number.MAX_SAFE_INTEGER)).toThrow('0001 to 9999');
    expect(() => daysBetween('2024-09-01', 'tomorrow')).toThrow(/^(?!.*tomorrow)/);
  });
});

describe('the weekday', () => {
  it('of known dates counts from Monday = 1 to Sunday = 7', () => {
    expect(weekdayOf('2024-09-02')).toBe(1);
    expect(weekdayOf('2024-09-01')).toBe(7);
    expect(weekdayOf('2000-01-01')).toBe(6);
  });

  it('moves on by one each day', () => {
    fc.assert(fc.property(date, (day) => weekdayOf(addDays(day, 1)) === (weekdayOf(day) % 7) + 1));
  });

  it('is refused for what is no date', () => {
    expect(() => weekdayOf('2024-02-30')).toThrow(RangeError);
  });
});
