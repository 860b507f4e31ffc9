import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTemporaryUpn, originOfUpn, parseUpn, upnCheckLetter } from './upn.ts';

const LETTERS = [...'ABCDEFGHJKLMNPQRTUVWXYZ'];
const permanentStem = fc.stringMatching(/^\d{12}$/);
const stem = fc.oneof(permanentStem, fc.stringMatching(/^\d{11}[A-HJ-NP-RT-Z]$/));
const upn = stem.map((characters) => upnCheckLetter(characters) + characters);

const replaceAt = (text: string, place: number, by: string) => text.slice(0, place) + by + text.slice(place + 1);

describe('a UPN', () => {
  it.each(['B801200005001', 'H801200001001', 'F933456724001'])('%s is valid and permanent', (text) => {
    expect(parseUpn(text)).toEqual({ ok: true, value: text });
    expect(isTemporaryUpn(text)).toBe(false);
  });

  it.each(['X00180001701A', 'M80120000500A'])('%s is valid and temporary', (text) => {
    expect(parseUpn(text)).toEqual({ ok: true, value: text });
    expect(isTemporaryUpn(text)).toBe(true);
  });

  // Help pages of two vendors print this number with Q for census rule 1510; the sum is 266, which gives P.
  it('takes the letter that the sum gives, not the one that well-known help pages print', () => {
    expect(parseUpn('P207000016049').ok).toBe(true);
    expect(parseUpn('Q207000016049').ok).toBe(false);
  });

  it('is read in small letters and with outer space, and kept in capitals', () => {
    expect(parseUpn(' x00180001701a ')).toEqual({ ok: true, value: 'X00180001701A' });
  });

  it.each([
    ['12 characters', 'B80120000500'],
    ['14 characters', 'B8012000050011'],
    ['a letter in the middle', 'X80120000A001'],
    ['I as check letter', 'I801200005001'],
    ['O as check letter', 'O801200005001'],
    ['S as check letter', 'S801200005001'],
    ['S as last character', 'M80120000500S'],
    ['inner space', 'B801200 05001'],
    ['digits of another script', 'B80120000500\u0661'],
    ['a second line', 'B801200005001\n1'],
  ])('is refused with %s', (_why, text) => {
    expect(parseUpn(text)).toMatchObject({ ok: false, expected: expect.stringContaining('13 characters') });
  });

  it('accepts the example of its own error text', () => {
    expect(parseUpn('R999123424001').ok).toBe(true);
  });

  it('tells what it was built from', () => {
    expect(originOfUpn('F933456724001')).toEqual({ localAuthority: '933', establishment: '4567', year: '24' });
    expect(originOfUpn('X00180001701A')).toEqual({ localAuthority: '001', establishment: '8000', year: '17' });
  });
});

describe('the check letter of a UPN', () => {
  it('is the only one of 23 that a stem accepts', () => {
    fc.assert(
      fc.property(stem, (characters) => {
        expect(LETTERS.filter((letter) => parseUpn(letter + characters).ok)).toEqual([upnCheckLetter(characters)]);
      }),
    );
  });

  // 23 is prime and greater than every weight and every difference of two digits, so no product is a multiple of it.
  it('detects any one digit that changed', () => {
    fc.assert(
      fc.property(upn, fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 9 }), (valid, place, shift) => {
        const digit = String((Number(valid[place]) + shift) % 10);
        return !parseUpn(replaceAt(valid, place, digit)).ok;
      }),
    );
  });

  it('detects any two different digits that changed places', () => {
    const places = fc.uniqueArray(fc.integer({ min: 0, max: 11 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(permanentStem, places, (digits, [first = 0, second = 1]) => {
        fc.pre(digits.charAt(first) !== digits.charAt(second));
        const swapped = replaceAt(replaceAt(digits, first, digits.charAt(second)), second, digits.charAt(first));
        return !parseUpn(upnCheckLetter(digits) + swapped).ok;
      }),
    );
  });

  // A limit of the national formula: 1 and B both count as 1 in the last place.
  it('cannot tell a last digit from the letter of the same value', () => {
    expect(upnCheckLetter('801200005001')).toBe(upnCheckLetter('80120000500B'));
  });

  it('exists for a stem of 12 characters only', () => {
    expect(() => upnCheckLetter('B801200005001')).toThrow(RangeError);
    expect(() => upnCheckLetter('80120000500')).toThrow(RangeError);
    expect(() => upnCheckLetter('80120000500I')).toThrow(RangeError);
  });
});
