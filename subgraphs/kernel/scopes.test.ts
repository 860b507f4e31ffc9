import { describe, expect, it } from 'vitest';
import type { Caller } from './caller.ts';
import { type Choice, meets, SIGNED_IN } from './scopes.ts';

const scopes = (...anyOf: string[][]): Choice => ({ of: 'scopes', anyOf });
const policies = (...anyOf: string[][]): Choice => ({ of: 'policies', anyOf });

const somebody = (...held: string[]): Caller => ({
  subject: '00000000-0000-7000-8000-000000000001',
  kind: 'person',
  name: 'Demo Caller',
  role: 'TEACHER',
  school: '900001',
  scopes: held,
  client: null,
});

describe('a requirement', () => {
  it.each([
    ['nothing is met by nobody', null, [], true],
    ['being signed in is not met by nobody', null, [SIGNED_IN], false],
    ['being signed in is met by somebody without scopes', [], [SIGNED_IN], true],
    ['a scope is not met without it', ['b'], [scopes(['a'])], false],
    ['all scopes of one list are needed', ['a'], [scopes(['a', 'b'])], false],
    ['any one list suffices', ['c'], [scopes(['a', 'b'], ['c'])], true],
    ['each of several directives counts', ['a'], [scopes(['a']), scopes(['b'])], false],
    ['several directives are met together', ['a', 'b'], [scopes(['a']), scopes(['b']), SIGNED_IN], true],
    ['a policy is not met by nobody', null, [policies(['signed-in'])], false],
    ['a policy is met by whom it names', [], [policies(['role:TEACHER'])], true],
    ['all policies of one list are needed', [], [policies(['role:TEACHER', 'school:900002'])], false],
    ['any one list of policies suffices', [], [policies(['school:900002'], ['role:TEACHER', 'kind:person'])], true],
    ['a policy that nobody knows is not met', [], [policies(['role:TEACHER', 'unknown'])], false],
    ['scopes and policies count together', ['a'], [scopes(['a']), policies(['role:SENCO'])], false],
    ['a scope of a policy’s name is no policy', ['role:SENCO'], [policies(['role:SENCO'])], false],
    ['a policy of a scope’s name is no scope', [], [scopes(['role:TEACHER'])], false],
  ])('%s', (_rule, held, requirement, met) => {
    expect(meets(held && somebody(...held), requirement)).toBe(met);
  });
});
