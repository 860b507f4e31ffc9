import { expect, it } from 'vitest';
import { parseArguments } from './arguments.ts';

const KNOWN = ['one', 'two'];

it('runs every attack on another chance each time, where nothing is said', () => {
  expect(parseArguments([], KNOWN)).toEqual({ kind: 'run', names: KNOWN, seed: expect.any(Number) });
});

it('runs the attacks that are named, as often as is said, or one case', () => {
  const words = ['two', '--seed', '7', '--count', '30', '--case', '5'];
  expect(parseArguments(words, KNOWN)).toEqual({ kind: 'run', names: ['two'], seed: 7, count: 30, only: 5 });
});

it.each([['-h'], ['--help']])('%s asks for help', (word) => {
  expect(parseArguments([word], KNOWN)).toEqual({ kind: 'help' });
});

it.each([
  [['three'], /no attack three\. There are: one, two/],
  [['--seed', 'x'], /whole number/],
  [['--count', '-1'], /^Option '--count' argument is ambiguous\.\nSee: npm run attack -- --help$/],
  [['--seed'], /^Option '--seed <value>' argument missing\.\nSee: npm run attack -- --help$/],
  [['--fast'], /^Unknown option '--fast'\.\nSee: npm run attack -- --help$/],
])('%j is called wrongly', (words, expected) => {
  expect(parseArguments(words, KNOWN)).toEqual({ kind: 'wrong', problem: expect.stringMatching(expected) });
});
