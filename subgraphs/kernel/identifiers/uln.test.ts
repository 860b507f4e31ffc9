import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUln, ulnCheckDigit } from './uln.ts';

const DIGITS = [...'0123456789'];
const stem = fc.stringMatching(/^[1-9]\d{8}$/);

describe('a ULN', () => {
  it.each([
    ['9276308686', "HESA's example: sum 290, remainder 4"],
    ['1000000019', 'sum 12, remainder 1'],
  ])('%s is valid (%s)', (text) => {
    expect(parseUln(text)).toEqual({ ok: true, value: text });
  });

  it('is read with outer space', () => {
    expect(parseUln(' 9276308686 ')).toEqual({ ok: true, value: '9276308686' });
  });

  it('cannot end a stem whose remainder is 0', () => {
    expect(ulnCheckDigit('100000006')).toBeUndefined();
    for (const digit of DIGITS) expect(parseUln(`100000006${digit}`).ok).toBe(false);
  });

  it('is not the placeholder for an unknown number', () => {
    expect(parseUln('9999999999')).toEqual({ ok: false, expected: expect.stringContaining('not known') });
  });

  it.each([
    ['9 digits', '927630868'],
    ['11 digits', '92763086866'],
    ['a leading 0', '0276308686'],
    ['a letter', '927630868A'],
    ['inner space', '9276 308686'],
  ])('is refused with %s', (_why, text) => {
    expect(parseUln(text)).toMatchObject({ ok: false, expected: expect.stringContaining('10 digits') });
  });
});

describe('the check digit of a ULN', () => {
  it('is the only digit that a stem accepts, or there is none', () => {
    fc.assert(
      fc.property(stem, (digits) => {
        const check = ulnCheckDigit(digits);
        const valid = DIGITS.filter((digit) => parseUln(digits + digit).ok);
        expect(valid).toEqual(check === undefined ? [] : [check]);
      }),
    );
  });

  // The same rule as HESA words it: all ten digits, weights 10 to 1, remainder 10.
  it('makes the full sum leave a remainder of 10', () => {
    fc.assert(
      fc.property(stem, (digits) => {
        const check = ulnCheckDigit(digits);
        fc.pre(check !== undefined);
        const sum = Array.from(digits + check, Number).reduce((total, digit, at) => total + digit * (10 - at), 0);
        expect(sum % 11).toBe(10);
      }),
    );
  });

  it('detects any one digit that changed', () => {
    fc.assert(
      fc.property(stem, fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (digits, at, shift) => {
        const check = ulnCheckDigit(digits);
        fc.pre(check !== undefined);
        const changed = digits.slice(0, at) + ((Number(digits[at]) + shift) % 10) + digits.slice(at + 1);
        return !parseUln(changed + check).ok;
      }),
    );
  });

  it('exists for a stem of 9 digits only', () => {
    expect(() => ulnCheckDigit('9276308686')).toThrow(RangeError);
  });
});
