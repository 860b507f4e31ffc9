import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { createListOf, type OperationLists, type PublishedOperation } from './lists.ts';

const operation = (client: string, id: string): PublishedOperation => ({
  client,
  id,
  name: id,
  text: id,
  hash: `hash of ${id}`,
});

const LISTS: OperationLists = new Map([
  [
    'web',
    {
      mode: 'log-unknown',
      versions: new Map([
        ['1', [operation('web', 'a')]],
        ['2', [operation('web', 'b')]],
      ]),
    },
  ],
  ['app', { mode: 'require-id', versions: new Map([['1', [operation('app', 'c')]]]) }],
]);

const by = (client: { name: string; version: string | null } | null): Caller => ({
  ...{ kind: 'person', subject: '', name: '', role: 'TEACHER', school: '900001', scopes: [] },
  client,
});

const seenBy = (caller: Caller | null, lists: OperationLists | null = LISTS) => {
  const list = createListOf(lists)(caller);
  return [list.mode, ['a', 'b', 'c'].filter((id) => list.byId(id) && list.byHash(`hash of ${id}`)).join('')];
};

describe('the list of a caller', () => {
  it.each([
    ['its version of its client', by({ name: 'web', version: '1' }), ['log-unknown', 'a']],
    ['every version, where it says none', by({ name: 'web', version: null }), ['log-unknown', 'ab']],
    ['nothing, of a version without a list', by({ name: 'web', version: '3' }), ['log-unknown', '']],
    [
      'nothing, and no text either, of a client that nobody knows',
      by({ name: 'other', version: '1' }),
      ['require-id', ''],
    ],
    ['nothing, and any text, without a client', by(null), ['open', '']],
    ['nothing, and any text, for a stranger', null, ['open', '']],
  ])('is %s', (_what, caller, expected) => {
    expect(seenBy(caller)).toEqual(expected);
  });

  it('is nobody’s where a graph keeps none: every text runs', () => {
    expect(seenBy(by({ name: 'web', version: '1' }), null)).toEqual(['open', '']);
  });
});
