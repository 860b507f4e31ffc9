import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { changesOf } from './changes.ts';
import { sha256Of } from './operation-id.ts';

const named = (text: string) => {
  const document = parse(text);
  const [first] = document.definitions;
  const name = first && 'name' in first ? (first.name?.value ?? '') : '';
  return { id: sha256Of(text), name, document };
};
const changes = (before: string[], now: string[]) => changesOf(before.map(named), now.map(named));
const breaking = (before: string, now: string) => changes([before], [now]).breaking;

describe('what a list changes', () => {
  it('is told by the names of operations', () => {
    const told = changes(
      ['query A { a }', 'query B { b }', 'query C { c }'],
      ['query A { a }', 'query B { b x }', 'query D { d }'],
    );
    expect(told).toEqual({ added: ['D'], unchanged: ['A'], changed: ['B'], gone: ['C'], breaking: [] });
  });

  it.each([
    ['a field more', 'query A { a { b } }', 'query A { a { b c } }'],
    ['a field from a fragment', 'query A { a { b } }', 'query A { a { ...F } } fragment F on A { b }'],
    ['a variable that may be left out', 'query A { a }', 'query A($n: Int) { a(n: $n) }'],
    ['a variable with a default', 'query A { a }', 'query A($n: Int! = 1) { a(n: $n) }'],
    ['a variable that may be null now', 'query A($n: Int!) { a(n: $n) }', 'query A($n: Int) { a(n: $n) }'],
    ['a variable less', 'query A($n: Int!) { a(n: $n) }', 'query A { a }'],
  ])('does not break a client with %s', (_what, before, now) => {
    expect(breaking(before, now)).toEqual([]);
  });

  it.each([
    ['a field less', 'query A { a { b c } }', 'query A { a { b } }', 'A: its answer has no "a.c" any more.'],
    ['another alias', 'query A { a { x: b } }', 'query A { a { y: b } }', 'A: its answer has no "a.x" any more.'],
    [
      'an object less, which is told once',
      'query A { a { b { c d } } }',
      'query A { a { e } }',
      'A: its answer has no "a.b" any more.',
    ],
    [
      'a variable that must be given',
      'query A { a }',
      'query A($n: Int!) { a(n: $n) }',
      'A: it needs a variable "$n" (Int!).',
    ],
    [
      'a variable of another type',
      'query A($n: Int) { a(n: $n) }',
      'query A($n: ID) { a(n: $n) }',
      'A: its variable "$n" is ID, and was Int.',
    ],
    [
      'a variable that must not be null now',
      'query A($n: Int) { a(n: $n) }',
      'query A($n: Int!) { a(n: $n) }',
      'A: its variable "$n" is Int!, and was Int.',
    ],
    ['another type', 'query A { a }', 'mutation A { a }', 'A: it is a mutation now.'],
  ])('breaks a client with %s', (_what, before, now, told) => {
    expect(breaking(before, now)).toEqual([told]);
  });
});
