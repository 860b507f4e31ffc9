import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUci, uciCheckLetter } from './uci.ts';

const CHECK_LETTERS = [...'ABCDEFGHKLMRTVWXY'];
const stem = fc.stringMatching(/^\d{5}[0A-P]\d{6}$/);

describe('a UCI', () => {
  it.each([
    ['555550101234T', 'sum 420, remainder 12'],
    ['123450241001W', 'sum 269, remainder 14'],
    ['12345B241001C', 'sum 291, remainder 2, a Pearson international centre'],
    ['689990980001D', "WJEC's worked sum: 734, remainder 3"],
    ['681990012058G', "WJEC's example of the structure"],
  ])('%s is valid (%s)', (text) => {
    expect(parseUci(text)).toEqual({ ok: true, value: text });
  });

  it('is read in small letters and with outer space, and kept in capitals', () => {
    expect(parseUci('\t12345b241001c ')).toEqual({ ok: true, value: '12345B241001C' });
  });

  it('is refused with a board letter from Q to Z, whatever the check letter', () => {
    for (const board of 'QRSTUVWXYZ') {
      for (const check of CHECK_LETTERS) expect(parseUci(`12345${board}241001${check}`).ok).toBe(false);
    }
  });

  it.each([
    ['12 characters', '555550101234'],
    ['14 characters', '555550101234TT'],
    ['a letter in the centre number', '5555A0101234T'],
    ['a check letter that is never used', '555550101234S'],
    ['inner space', '55555 0 10 1234 T'],
  ])('is refused with %s', (_why, text) => {
    expect(parseUci(text)).toMatchObject({ ok: false, expected: expect.stringContaining('13 characters') });
  });

  // AQA prints this one to show the places; its sum is 681, remainder 1, which gives B.
  it('takes the letter that the sum gives, not the one that an exam board prints as its example', () => {
    expect(parseUci('999990140001B').ok).toBe(true);
    expect(parseUci('999990140001X').ok).toBe(false);
  });

  it('is refused with another check letter than its own', () => {
    expect(parseUci('555550101234V')).toMatchObject({ ok: false, expected: expect.stringContaining('check letter') });
  });
});

describe('the check letter of a UCI', () => {
  it('counts the board letters from A = 1 to P = 16', () => {
    // With zeros elsewhere only the board's place counts: value x weight 11, modulo 17.
    const letters = [...'ABCDEFGHIJKLMNOP'].map((board) => uciCheckLetter(`00000${board}000000`));
    expect(letters).toEqual([...'ABCDEFGHIJKLMNOP'].map((_, index) => CHECK_LETTERS[((index + 1) * 11) % 17]));
  });

  it('is the only one of 17 that a stem accepts', () => {
    fc.assert(
      fc.property(stem, (characters) => {
        expect(CHECK_LETTERS.filter((letter) => parseUci(characters + letter).ok)).toEqual([
          uciCheckLetter(characters),
        ]);
      }),
    );
  });

  it('detects any one digit that changed', () => {
    const place = fc.constantFrom(0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11);
    fc.assert(
      fc.property(stem, place, fc.integer({ min: 1, max: 9 }), (characters, at, shift) => {
        const digit = (Number(characters[at]) + shift) % 10;
        const changed = characters.slice(0, at) + digit + characters.slice(at + 1);
        return !parseUci(changed + uciCheckLetter(characters)).ok;
      }),
    );
  });

  it('exists for a stem of 12 characters only', () => {
    expect(() => uciCheckLetter('555550101234T')).toThrow(RangeError);
    expect(() => uciCheckLetter('12345Q241001')).toThrow(RangeError);
  });
});
