import { GraphQLError } from 'graphql';
import { describe, expect, it } from 'vitest';
import { Refused } from '../errors.ts';
import { maskError } from './mask-error.ts';

const reported: unknown[] = [];
const mask = (error: unknown) => maskError(error, (_id, cause) => reported.push(cause));
const thrownBy = (cause: Error) => new GraphQLError('in a resolver', { path: ['a'], originalError: cause });

describe('an error of a subgraph', () => {
  it('that refuses says its code and what explains it', () => {
    expect(mask(thrownBy(new Refused('GRANT_REQUIRED', 'A grant is needed.', { fields: ['address'] })))).toEqual({
      message: 'A grant is needed.',
      path: ['a'],
      extensions: { code: 'GRANT_REQUIRED', fields: ['address'] },
    });
  });

  it.each(['40P01', '40001'])('that lost a race in the database (%s) is a conflict', (code) => {
    const { message, extensions } = mask(thrownBy(Object.assign(new Error('deadlock detected'), { code })));
    expect(extensions).toEqual({ code: 'CONFLICT' });
    expect(message).not.toContain('deadlock');
  });

  it('that is about the request keeps its message and code', () => {
    const error = new GraphQLError('Expected a date.', { extensions: { code: 'BAD_USER_INPUT' } });
    expect(mask(error)).toEqual({ message: 'Expected a date.', extensions: { code: 'BAD_USER_INPUT' } });
  });

  it('that tells of a stored value, at its place, is masked', () => {
    const error = new GraphQLError('Enum "Sex" cannot represent value: "CANARY"', { path: ['student', 'sex'] });
    expect(mask(error).message).toBe('Internal error');
    reported.length = 0;
  });

  it('that is any other is masked, under an id that is reported', () => {
    const cause = new Error('relation "students.student" does not exist');
    const { message, extensions } = mask(thrownBy(cause));
    expect(message).toBe('Internal error');
    expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
    expect(reported).toEqual([cause]);
  });
});
