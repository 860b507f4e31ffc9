import fc from 'fast-check';
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalText } from './canonical-text.ts';

const TEXT = 'query Q($n: Int = 1) { a(n: $n) { ...F ...G } } fragment F on A { b } fragment G on A { c }';
const hash = (text: string): string => canonicalHash(parse(text));

describe('one spelling', () => {
  it('is the same, whatever the white space, the commas, the comments and the order of definitions', () => {
    const [query = '', f = '', g = ''] = TEXT.split(/ (?=fragment)/);
    const noise = fc.constantFrom(' ', '\n', '\t', ',', ' # a comment, with { braces }\n', '\uFEFF');
    fc.assert(
      fc.property(fc.shuffledSubarray([query, f, g], { minLength: 3 }), fc.array(noise), (parts, between) => {
        const spaced = parts.map((part) => part.replaceAll(' ', ` ${between.join('')} `));
        expect(hash(spaced.join('\n'))).toBe(hash(TEXT));
      }),
    );
  });

  it.each([
    ['fields in another order', TEXT.replace('...F ...G', '...G ...F')],
    ['another name', TEXT.replace('query Q', 'query P')],
    ['another default', TEXT.replace('= 1', '= 2')],
    ['an alias', TEXT.replace('{ b }', '{ x: b }')],
    ['no name', TEXT.replace('query Q', 'query')],
    ['a directive', TEXT.replace('{ b }', '{ b @skip(if: false) }')],
  ])('is another with %s', (_what, text) => {
    expect(hash(text)).not.toBe(hash(TEXT));
  });

  it('has the operation first, then fragments by name', () => {
    const reordered = 'fragment G on A { c } fragment F on A { b } query Q { a { ...F ...G } }';
    expect([...canonicalText(parse(reordered)).matchAll(/^(\w+) (\w+)/gm)].map(([, , name]) => name)).toEqual([
      'Q',
      'F',
      'G',
    ]);
  });
});
