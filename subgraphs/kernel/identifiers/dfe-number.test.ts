import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { laestabOf, parseDfeNumber, partsOfDfeNumber } from './dfe-number.ts';

describe('a DfE number', () => {
  it.each([
    ['123/4567', '123/4567'],
    ['1234567', '123/4567'],
    [' 123/4567 ', '123/4567'],
    ['001/4567', '001/4567'],
    ['999/0001', '999/0001'],
  ])('written as "%s" is %s', (text, value) => {
    expect(parseDfeNumber(text)).toEqual({ ok: true, value });
  });

  it.each(['000/4567', '0004567', '0/4567', '/4567', '0', '000', '4567'])(
    'without a local authority (%s) is refused',
    (text) => {
      expect(parseDfeNumber(text)).toMatchObject({ ok: false, expected: expect.stringContaining('001 to 999') });
    },
  );

  it.each(['123/456', '123/45678', '12/34567', '123-4567', '123//4567', '12A/4567', '123 /4567'])(
    '%s is refused',
    (text) => {
      expect(parseDfeNumber(text).ok).toBe(false);
    },
  );

  it('has an authority and an establishment', () => {
    expect(partsOfDfeNumber('123/4567')).toEqual({ localAuthority: '123', establishment: '4567' });
  });

  it('survives being joined and read again', () => {
    const digits = fc.stringMatching(/^\d{7}$/).filter((text) => !text.startsWith('000'));
    fc.assert(
      fc.property(digits, (laestab) => {
        const read = parseDfeNumber(laestab);
        expect(read.ok && laestabOf(read.value)).toBe(laestab);
        expect(read.ok && parseDfeNumber(read.value)).toEqual(read);
      }),
    );
  });
});
