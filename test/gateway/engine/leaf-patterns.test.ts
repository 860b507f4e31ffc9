/** Leaves in the text of an answer: each kind takes what `JSON.stringify` writes of a value of its kind, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AskedLeaf } from '../../../gateway/engine/asked-answer.ts';
import { ANY_SCALAR, leafPattern, scanFloat } from '../../../gateway/engine/compiled/texts/leaf-patterns.ts';

const takes = (pattern: string) => {
  const whole = new RegExp(`^(?:${pattern})$`);
  return (text: string) => whole.test(text);
};

const takesLeaf = (leaf: AskedLeaf) => (leaf === 'float' ? (text: string) => isFloat(text) : takes(leafPattern(leaf)));

function isFloat(text: string): boolean {
  const reading = { text: ` ${text}`, pieces: [], from: 0, leaf: 0, leaves: [], keys: [] };
  return scanFloat(reading, 1) === reading.text.length;
}

const KINDS: Readonly<Record<string, { leaf: AskedLeaf; values: fc.Arbitrary<unknown>; is(value: unknown): boolean }>> =
  {
    string: {
      leaf: 'string',
      values: fc.string({ unit: fc.constantFrom('a', 'é', '"', '\\', '\n', '\t', '\u2028', '😀', '/', '\u007f', 'ł') }),
      is: (value) => typeof value === 'string',
    },
    int: {
      leaf: 'int',
      values: fc.integer({ min: -999_999_999, max: 999_999_999 }),
      is: (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31,
    },
    float: {
      leaf: 'float',
      values: fc.oneof(
        fc.integer(),
        fc.integer({ min: -1e6, max: 1e6 }).map((value) => value / 1000),
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
      ),
      is: (value) => typeof value === 'number',
    },
    boolean: { leaf: 'boolean', values: fc.boolean(), is: (value) => typeof value === 'boolean' },
    names: {
      leaf: ['DARK', 'LIGHT'],
      values: fc.constantFrom('DARK', 'LIGHT'),
      is: (value) => value === 'DARK' || value === 'LIGHT',
    },
  };

/** Texts that are near those of leaves. */
const near = fc
  .tuple(
    fc.oneof(...Object.values(KINDS).map(({ values }) => values)),
    fc.nat(20),
    fc.nat(1),
    fc.constantFrom('', '0', '-', '.', '1', 'e5', '"', '\\', '\\u0041', '\\/', '\n', '\ud83d', ' ', 'DARK'),
  )
  .map(([value, at, taken, put]) => {
    const text = JSON.stringify(value);
    const place = at % (text.length + 1);
    return text.slice(0, place) + put + text.slice(place + taken);
  });

describe('the pattern of', () => {
  it.each(Object.keys(KINDS))('%s takes every value of its kind', (kind) => {
    const { leaf, values } = KINDS[kind] as (typeof KINDS)[string];
    const isTaken = takesLeaf(leaf);
    fc.assert(
      fc.property(values, (value) => {
        expect(isTaken(JSON.stringify(value))).toBe(true);
        if (kind !== 'float') expect(takes(ANY_SCALAR)(JSON.stringify(value))).toBe(true);
      }),
    );
  });

  it.each(Object.keys(KINDS))('%s takes nothing that would be written otherwise', (kind) => {
    const { leaf, is } = KINDS[kind] as (typeof KINDS)[string];
    const isTaken = takesLeaf(leaf);
    fc.assert(
      fc.property(near, (text) => {
        if (!isTaken(text)) return;
        const value: unknown = JSON.parse(text);
        expect(is(value)).toBe(true);
        expect(JSON.stringify(value)).toBe(text);
      }),
      { numRuns: 20_000 },
    );
  });

  it.each([
    ['int', '-0', '00', '01', '1e3', '1.0', '2147483648', '+1'],
    ['float', '-0', '1.', '.5', '1.50', '1e3', '-0.0', 'NaN', '1e999', '1.2.3', '0.0000001', '0.30000000000000001'],
    ['string', '"\\u0041"', '"\\/"', '"a', '"\ud83d"', '"\u0000"', "'a'"],
  ] as const)('%s does not take what is written otherwise', (leaf, ...texts) => {
    expect(texts.filter(takesLeaf(leaf))).toEqual([]);
  });

  it('an enum of which clients see nothing takes nothing', () => {
    expect(['""', '"DARK"', 'null'].filter(takes(leafPattern([])))).toEqual([]);
  });
});
