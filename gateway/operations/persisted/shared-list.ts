/** One list for everybody, for a graph that knows no clients: read once, and never changed. */
import type { FollowedLists } from './followed-lists.ts';
import { createListOf, type OperationLists } from './lists.ts';
import type { ManifestOperation } from './manifest.ts';

const EVERYBODY = { name: 'everybody', version: null };

export function sharedList(operations: readonly ManifestOperation[]): FollowedLists {
  const published = operations.map(({ id, name, text, hash }) => ({ client: EVERYBODY.name, id, name, text, hash }));
  const lists: OperationLists = new Map([[EVERYBODY.name, { mode: 'open', versions: new Map([['', published]]) }]]);
  const list = createListOf(lists)({ client: EVERYBODY });
  return { lists: () => lists, listOf: () => list, whenChanged() {}, used() {} };
}
