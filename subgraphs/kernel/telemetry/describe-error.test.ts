import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.ts';
import { createKnownNames } from './known-names.ts';

const names = createKnownNames();
const describedBy = (error: unknown) => describeError(error, names);

describe('what the log says of an error', () => {
  it('is its kind, code and place', () => {
    const error = Object.assign(new TypeError('x'), { code: '23505' });
    const { kind, code, at } = describedBy(error);
    expect({ kind, code }).toEqual({ kind: 'TypeError', code: '23505' });
    expect(at[0]).toMatch(/^subgraphs\/kernel\/telemetry\/describe-error\.test\.ts:\d+:\d+$/);
  });

  it('goes on with its causes', () => {
    const error = new Error('x', { cause: Object.assign(new RangeError('y'), { code: 'ECONNREFUSED' }) });
    expect(describedBy(error).cause).toMatchObject({ kind: 'RangeError', code: 'ECONNREFUSED' });
  });

  it.each([
    ['a parser that quotes', () => attempt(() => JSON.parse('{"name": Canary}'))],
    ['a message of many lines', () => new Error('Key (name)\n    at Canary (Canary.ts:1:1)\n=(Canary) exists.')],
    ['a message that was told twice', () => withStack((stack, message) => `${stack}\n\nprevious Error: ${message}`)],
    [
      'a message that was replaced',
      () => Object.assign(new Error('\n    at Canary (/Canary.ts:1:1)'), { message: 'x' }),
    ],
    ['a place made to look like ours', () => placedAt(`at Canary (${import.meta.dirname}/Canary.ts:1:1)`)],
    ['a place in Node', () => placedAt('at x (node:Canary:1:1)')],
    ['a function’s name', () => placedAt(`at Canary (${import.meta.filename}:1:1)`)],
    ['a cause', () => new Error('Canary', { cause: new Error('Canary\n    at Canary (x:1:1)') })],
    ['fields of a database’s error', () => Object.assign(new Error('x'), { detail: 'Canary', where: 'Canary' })],
    ['a name that is no kind', () => Object.assign(new Error('x'), { name: 'Canary' })],
    ['a code that is no code', () => Object.assign(new Error('x'), { code: 'Canary' })],
    ['something that is no error', () => 'Canary'],
  ])('is nothing that it was given: %s', (_case, makeError) => {
    expect(JSON.stringify(describedBy(makeError()))).not.toContain('Canary');
  });

  it.each(['A801200001001', 'CANARY', 'MARY_ANN', '01632960001', 'M11AA', 'B12CD'])('has no code %s', (code) => {
    expect(describedBy(Object.assign(new Error('x'), { code }))).not.toHaveProperty('code');
  });

  it.each([
    '40P01',
    '0A000',
    '22P02',
    'EPIPE',
    'E2BIG',
    'ERR_JWT_EXPIRED',
    'ERR_HTTP2_ERROR',
    'UND_ERR_SOCKET',
    'FST_ERR_CTP_BODY_TOO_LARGE',
  ])('has the code %s', (code) => {
    expect(describedBy(Object.assign(new Error('x'), { code })).code).toBe(code);
  });

  it('ends, however many causes and places there are', () => {
    let error: Error = new Error('x');
    for (let depth = 0; depth < 100; depth++) error = new Error('x', { cause: error });
    error.stack = `Error: x\n${`    at one (${import.meta.filename}:1:1)\n`.repeat(1_000)}`;
    expect(JSON.stringify(describedBy(error)).length).toBeLessThan(5_000);
  });
});

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

function withStack(stackOf: (stack: string, message: string) => string): Error {
  const error = new Error('in the row\n    at Canary (/srv/Canary.ts:1:1)');
  error.stack = stackOf(error.stack ?? '', error.message);
  return error;
}

function placedAt(line: string): Error {
  const error = new Error('x');
  error.stack = `Error: x\n    ${line}`;
  return error;
}
