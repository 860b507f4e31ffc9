import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTrn } from './trn.ts';

describe('a TRN', () => {
  it.each([
    ['1234567', '1234567'],
    ['0012345', '0012345'],
    ['12345', '0012345'],
    ['123456', '0123456'],
    ['RP99/12345', '9912345'],
    [' 12 34 567 ', '1234567'],
    ['TRN: 1234567', '1234567'],
  ])('written as "%s" is %s', (text, value) => {
    expect(parseTrn(text)).toEqual({ ok: true, value });
  });

  it.each([
    ['nothing', '   ', 'of 7 digits'],
    ['no digit', 'RP/--', 'with digits'],
    ['4 digits', '1234', 'at least 5'],
    ['8 digits', '12345678', 'no more than 7'],
  ])('with %s is refused and told why', (_what, text, why) => {
    expect(parseTrn(text)).toEqual({ ok: false, expected: expect.stringContaining(why) });
  });

  it('once read, reads as itself', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{5,7}$/), (digits) => {
        const once = parseTrn(digits);
        expect(once.ok && once.value).toMatch(/^\d{7}$/);
        expect(once.ok && parseTrn(once.value)).toEqual(once);
      }),
    );
  });
});
