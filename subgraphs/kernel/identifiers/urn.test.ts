import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrn, urnFromInteger } from './urn.ts';

describe('a school URN', () => {
  it.each(['12345', '123456', '999999'])('%s is valid', (text) => {
    expect(parseUrn(text)).toEqual({ ok: true, value: text });
  });

  it('is read with outer space', () => {
    expect(parseUrn(' 123456\n')).toEqual({ ok: true, value: '123456' });
  });

  it.each(['1234', '1234567', '012345', 'EY12345', '12 345', '-12345', '1e5', '12345.0'])('%s is refused', (text) => {
    expect(parseUrn(text).ok).toBe(false);
  });

  it.each([9_999, 1_000_000, -123_456, 12_345.5, Number.NaN, Number.POSITIVE_INFINITY, 1e300])(
    'the number %d is refused',
    (urn) => {
      expect(urnFromInteger(urn).ok).toBe(false);
    },
  );

  it('is the same from text and from a number', () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 999_999 }), (urn) => {
        expect(urnFromInteger(urn)).toEqual({ ok: true, value: String(urn) });
        expect(urnFromInteger(urn)).toEqual(parseUrn(String(urn)));
      }),
    );
  });
});
