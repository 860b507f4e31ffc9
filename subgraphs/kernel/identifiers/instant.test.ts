import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant, parseStoredInstant } from './instant.ts';

const instant = fc.date({ min: new Date('1900-01-02'), max: new Date('2199-12-30'), noInvalidDate: true });

describe('an instant', () => {
  it.each([
    ['2024-09-02T09:30:00Z', '2024-09-02T09:30:00.000Z'],
    ['2024-09-02T10:30:00+01:00', '2024-09-02T09:30:00.000Z'],
    ['2024-09-01T23:30:00-05:30', '2024-09-02T05:00:00.000Z'],
    ['2024-09-02t09:30:00.123456z', '2024-09-02T09:30:00.123Z'],
    ['2024-02-29T23:59:59.9Z', '2024-02-29T23:59:59.900Z'],
  ])('%s is %s', (text, value) => {
    expect(parseInstant(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['no offset', '2024-09-02T09:30:00'],
    ['no seconds', '2024-09-02T09:30Z'],
    ['no time', '2024-09-02'],
    ['a day that does not exist', '2023-02-29T09:30:00Z'],
    ['hour 24', '2024-09-02T24:00:00Z'],
    ['a leap second', '2016-12-31T23:59:60Z'],
    ['a short offset', '2024-09-02T09:30:00+01'],
    ['an offset of a whole day', '2024-09-02T09:30:00+24:00'],
    ['a space for the T', '2024-09-02 09:30:00Z'],
    ['a year that is a typing error', '0204-09-02T09:30:00Z'],
    ['a number of milliseconds', '1725269400000'],
    ['English words', 'Mon, 02 Sep 2024 09:30:00 GMT'],
  ])('with %s is refused', (_what, text) => {
    expect(parseInstant(text).ok).toBe(false);
  });

  it('reads as itself from its canonical form', () => {
    fc.assert(
      fc.property(instant, (moment) => {
        expect(parseInstant(moment.toISOString())).toEqual({ ok: true, value: moment.toISOString() });
      }),
    );
  });
});

describe('an instant as the database writes it', () => {
  it.each([
    ['2024-09-02 09:30:00+00', '2024-09-02T09:30:00.000Z'],
    ['2024-09-02 10:30:00.123456+01', '2024-09-02T09:30:00.123Z'],
    ['2024-09-02 15:00:00+05:30', '2024-09-02T09:30:00.000Z'],
    ['2024-09-02T09:30:00+00:00', '2024-09-02T09:30:00.000Z'],
    ['2024-09-02T09:30:00.000Z', '2024-09-02T09:30:00.000Z'],
  ])('%s is %s', (text, value) => {
    expect(parseStoredInstant(text)).toEqual({ ok: true, value });
  });

  it.each(['infinity', '2024-09-02 09:30:00', '2024-09-02', '09:30:00+00'])('%s is refused', (text) => {
    expect(parseStoredInstant(text).ok).toBe(false);
  });
});
