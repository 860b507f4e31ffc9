import { describe, expect, it } from 'vitest';
import { meets } from './scopes.ts';

describe('a requirement', () => {
  it.each([
    ['nothing is met by nobody', null, [], true],
    ['being signed in is not met by nobody', null, [[]], false],
    ['being signed in is met by somebody without scopes', [], [[]], true],
    ['a scope is not met without it', ['b'], [[['a']]], false],
    ['all scopes of one list are needed', ['a'], [[['a', 'b']]], false],
    ['any one list suffices', ['c'], [[['a', 'b'], ['c']]], true],
    ['each of several directives counts', ['a'], [[['a']], [['b']]], false],
    ['several directives are met together', ['a', 'b'], [[['a']], [['b']], []], true],
  ])('%s', (_rule, scopes, requirement, met) => {
    expect(meets(scopes, requirement)).toBe(met);
  });
});
