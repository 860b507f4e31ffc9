import { expect, it } from 'vitest';
import { ownCopy, TooLarge } from './own-copy.ts';

it('a copy is what JSON text would make of it', () => {
  const leaf = { toJSON: () => 'written' };
  const inherited = Object.assign(Object.create({ inherited: 1 }) as object, { own: 1 });
  for (const value of [
    null,
    'text',
    [1, -0, Number.NaN, Number.POSITIVE_INFINITY],
    { a: { b: [{ c: null }, []] }, d: true, e: undefined, f: () => 1, g: Symbol('g') },
    [undefined, () => 1, Symbol('h')],
    Object.assign(Object.create(null) as object, { constructor: 'x', toString: null }),
    { at: new Date(0), leaf, in: [leaf, new Map([[1, 2]]), inherited] },
  ])
    expect(ownCopy(value)).toEqual(JSON.parse(JSON.stringify(value)));
});

it('what JSON cannot write is refused', () => {
  expect(() => ownCopy({ a: 1n })).toThrow(TypeError);
});

it('a key that would change what an object is, is left out', () => {
  const copy = ownCopy(JSON.parse('{"__proto__":{"polluted":1},"a":1}') as object);
  expect([Object.getPrototypeOf(copy), Object.keys(copy)]).toEqual([Object.prototype, ['a']]);
});

it('nothing of a copy is the original', () => {
  const original = { list: [{ a: 1 }], object: { b: 2 } };
  const copy = ownCopy(original);
  expect(copy).toEqual(original);
  expect([copy === original, copy.list === original.list, copy.list[0] === original.list[0]]).toEqual([
    false,
    false,
    false,
  ]);
});

it('no more is copied than there may be', () => {
  expect(ownCopy('x'.repeat(10), 10)).toHaveLength(10);
  expect(() => ownCopy('x'.repeat(11), 10)).toThrow(TooLarge);
  expect(() => ownCopy(['x'.repeat(6), { key: 'x' }], 10)).toThrow(TooLarge);
  expect(() => ownCopy(new Array(11).fill(null), 10)).toThrow(TooLarge);
});
