import { describe, expect, it } from 'vitest';
import { UsageError } from '../../../subgraphs/kernel/process/run-command.ts';
import { CONTENDERS } from '../contenders/registry.ts';
import { parseArguments } from './arguments.ts';

describe('the command line of the bench', () => {
  it('names what is measured: by default of everybody', () => {
    expect(parseArguments(['gateway'])).toEqual({
      bench: 'gateway',
      seconds: 5,
      rounds: 3,
      connections: 16,
      sizes: ['big', 'small'],
      contenders: CONTENDERS,
      isWhole: true,
      profile: false,
    });
    expect(parseArguments(['policy'])).toEqual({ bench: 'policy' });
    expect(parseArguments(['flood'])).toEqual({ bench: 'flood' });
  });

  it('may name contenders, an operation and a pace', () => {
    const words = ['gateway', '--contenders', 'text,stock', '--only', 'small', '--seconds', '2', '--rounds=1'];
    const task = parseArguments(words);
    if (task?.bench !== 'gateway') throw new Error('Expected the bench of gateways.');
    expect(task.contenders.map(({ name }) => name)).toEqual(['stock', 'text']);
    expect(task).toMatchObject({ sizes: ['small'], seconds: 2, rounds: 1, isWhole: false });
  });

  it('profiles ours, where nobody is named', () => {
    const task = parseArguments(['gateway', '--profile']);
    if (task?.bench !== 'gateway') throw new Error('Expected the bench of gateways.');
    expect(task.contenders.every(({ isOurs }) => isOurs)).toBe(true);
    expect(task).toMatchObject({ profile: true, isWhole: false });
  });

  it.each([['-h'], ['gateway', '--help']])('asks for help by %s', (...words) => {
    expect(parseArguments(words)).toBeNull();
  });

  it.each([
    [[], 'Expected what to measure: gateway, policy or flood.'],
    [['graph'], 'Expected what to measure: gateway, policy or flood.'],
    [['gateway', 'policy'], 'Expected what to measure: gateway, policy or flood.'],
    [['policy', '--only', 'big'], 'policy: expected no options.'],
    [['gateway', '--only', 'huge'], '--only: expected big or small.'],
    [['gateway', '--seconds', '0'], '--seconds: expected a whole number from 1 to 9999.'],
    [['gateway', '--fast'], "Unknown option '--fast'."],
  ])('%j is called wrongly', (words, problem) => {
    expect(() => parseArguments(words)).toThrow(new UsageError(problem));
  });

  it('knows its contenders', () => {
    expect(() => parseArguments(['gateway', '--contenders', 'stock,router'])).toThrow(/expected names of stock, hive/);
  });
});
