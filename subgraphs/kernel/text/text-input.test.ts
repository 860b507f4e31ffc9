import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isWellFormed, parseText } from './text-input.ts';

describe('text that a person typed', () => {
  const read = parseText(5);

  it('is kept as it was typed, without outer space', () => {
    expect(read('  Élan \n')).toEqual({ ok: true, value: 'Élan' });
    expect(read('a\tb\nc')).toEqual({ ok: true, value: 'a\tb\nc' });
  });

  it('has as many characters as is said, counted as people do, not as UTF-16 does', () => {
    expect(read('😀'.repeat(5))).toMatchObject({ ok: true });
    for (const value of ['', '  ', '😀'.repeat(6), 'abcdef'])
      expect(read(value)).toEqual({ ok: false, expected: 'Expected 1 to 5 characters.' });
    expect(parseText(5, 2)(' a ')).toEqual({ ok: false, expected: 'Expected 2 to 5 characters.' });
    expect(parseText(5, 2)('ab')).toMatchObject({ ok: true });
  });

  it.each([
    ['NUL', 'a\u0000b'],
    ['a control character of C0', 'a\u001bb'],
    ['a control character of C1', 'a\u0085b'],
    ['the first half of a surrogate pair', 'a\ud83db'],
    ['the second half of a surrogate pair', 'a\ude00b'],
  ])('does not hold %s', (_title, value) => {
    expect(isWellFormed(value)).toBe(false);
    expect(read(value)).toEqual({
      ok: false,
      expected: 'Expected text of whole characters, without control characters.',
    });
  });

  it('is read, never thrown at, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const result = read(value);
        return !result.ok || (result.value.isWellFormed() && !result.value.includes('\u0000'));
      }),
    );
  });
});
