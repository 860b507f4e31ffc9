import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPostcode, parsePostcode } from './postcode.ts';

const wellFormed = ['SW1A 1AA', 'M1 1AE', 'B33 8TH', 'CR2 6XH', 'DN55 1PT', 'N1C 4AG', 'TF3 4JA', 'GIR 0AA', 'BF1 3AA'];

describe('a postcode', () => {
  it.each(wellFormed)('%s is well formed', (text) => {
    expect(isPostcode(text)).toBe(true);
    expect(parsePostcode(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ['Q1 1AA', 'no area starts with Q'],
    ['M1 1CE', 'C is not used in the last two'],
    ['SW1I 1AA', 'I is not used after a district'],
  ])('%s is refused: %s', (text) => {
    expect(isPostcode(text)).toBe(false);
    expect(parsePostcode(text).ok).toBe(false);
  });

  // The letters that BS 7666 leaves out of each place.
  it.each([
    ['first', '_1 1AA', 'QVX'],
    ['second', 'S_1 1AA', 'IJZ'],
    ['third, after one letter,', 'W1_ 1AA', 'ILMNOQRVXYZ'],
    ['fourth, after two letters,', 'SW1_ 1AA', 'CDFGIJKLOQSTUZ'],
    ['last but one', 'M1 1_E', 'CIKMOV'],
    ['last', 'M1 1A_', 'CIKMOV'],
  ])('has in its %s place of %s any letter but %s', (_place, pattern, never) => {
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
    expect(letters.filter((letter) => !isPostcode(pattern.replace('_', letter))).join('')).toBe(never);
  });

  it('in canonical form has its space', () => {
    expect(isPostcode('SW1A1AA')).toBe(false);
    expect(isPostcode('sw1a 1aa')).toBe(false);
  });

  it('is read in any case and spacing', () => {
    const spaces = fc.array(fc.constantFrom(' ', '\t', '\u00a0'), { maxLength: 3 }).map((some) => some.join(''));
    fc.assert(
      fc.property(fc.constantFrom(...wellFormed), fc.boolean(), spaces, spaces, (postcode, small, before, between) => {
        const written = before + postcode.replace(' ', between) + before;
        const text = small ? written.toLowerCase() : written;
        expect(parsePostcode(text)).toEqual({ ok: true, value: postcode });
      }),
    );
  });

  it.each(['', '1AA', 'SW1A', 'SW1A 1AA 1', 'BFPO 123', '\u017fW1A 1AA', 'M1-1AE'])('"%s" is refused', (text) => {
    expect(parsePostcode(text).ok).toBe(false);
  });
});
