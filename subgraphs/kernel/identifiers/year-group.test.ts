import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareYearGroups, parseYearGroup, YEAR_GROUPS } from './year-group.ts';

describe('a year group', () => {
  it('is one of the census codes', () => {
    expect(YEAR_GROUPS.join(' ')).toBe('N1 N2 R 1 2 3 4 5 6 7 8 9 10 11 12 13 14 X');
    for (const code of YEAR_GROUPS) expect(parseYearGroup(code)).toEqual({ ok: true, value: code });
  });

  it('is read in small letters and with outer space', () => {
    expect(parseYearGroup(' n2 ')).toEqual({ ok: true, value: 'N2' });
  });

  it.each(['', '0', '15', '07', 'N3', 'N', 'Year 7', '7.0'])('"%s" is refused', (text) => {
    expect(parseYearGroup(text).ok).toBe(false);
  });

  it('sorts from nursery to year 14, numbers by value, X last', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...YEAR_GROUPS]), (some) => {
        const inOrder = YEAR_GROUPS.filter((code) => some.includes(code));
        expect([...some].sort(compareYearGroups)).toEqual(inOrder);
      }),
    );
  });
});
