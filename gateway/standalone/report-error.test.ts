import { describe, expect, it } from 'vitest';
import { describeError } from './report-error.ts';

describe('what the log says of an error', () => {
  it('is its kind, code and place', () => {
    const error = Object.assign(new TypeError('x'), { code: '23505' });
    const { name, code, at } = describeError(error);
    expect({ name, code }).toEqual({ name: 'TypeError', code: '23505' });
    expect(at[0]).toMatch(/report-error\.test\.ts:\d+:\d+\)?$/);
  });

  it.each([
    ['a parser that quotes', () => attempt(() => JSON.parse('{"name": Canary}'))],
    ['a message of many lines', () => new Error('Key (name)\n    at Canary (Canary.ts:1:1)\n=(Canary) exists.')],
    ['a cause', () => new Error('Canary', { cause: new Error('Canary\n    at Canary (x:1:1)') })],
    ['fields of a database’s error', () => Object.assign(new Error('x'), { detail: 'Canary', where: 'Canary' })],
    ['something that is no error', () => 'Canary'],
  ])('is nothing that it was given: %s', (_case, makeError) => {
    expect(JSON.stringify(describeError(makeError()))).not.toContain('Canary');
  });
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
