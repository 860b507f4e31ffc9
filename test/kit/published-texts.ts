/** Operations that a test graph's clients have beside those of the database, filled as a test goes. */
import { Kind, parse, print } from 'graphql';
import type { FollowedLists } from '../../gateway/operations/persisted/followed-lists.ts';
import type { ListedOperation } from '../../gateway/operations/persisted/lists.ts';
import { onlyOperationOf } from '../../gateway/operations/persisted/operation-text.ts';
import { published } from './operation-lists.ts';

export interface PublishedTexts {
  /** The given lists, and the test's. */
  lists: FollowedLists;
  /** The id of a text, which is in the list of that client from now on. */
  publish(client: string, text: string): string;
}

export function publishTexts(others: FollowedLists): PublishedTexts {
  const ids = new Map<string, string>();
  const listed = new Map<string, ListedOperation>();
  const ours = new Set<ListedOperation>();
  return {
    lists: {
      ...others,
      listOf(caller) {
        const list = others.listOf(caller);
        if (!caller?.client) return list;
        const { name } = caller.client;
        const byId = (id: string) => listed.get(`${name} ${id}`) ?? list.byId(id);
        const byHash = (hash: string) => listed.get(`${name} ${hash}`) ?? list.byHash(hash);
        return { ...list, byId, byHash };
      },
      used: (operation) => ours.has(operation) || others.used(operation),
    },
    publish(client, text) {
      const known = ids.get(`${client} ${text}`);
      if (known !== undefined) return known;
      const id = `test-${ids.size}`;
      const operation = { operation: published(client, id, named(text)), version: 'of-a-test' };
      ids.set(`${client} ${text}`, id);
      for (const key of [id, operation.operation.hash]) listed.set(`${client} ${key}`, operation);
      ours.add(operation);
      return id;
    },
  };
}

/** Of a text that is published, though it has no name. */
export const UNNAMED = 'Unnamed';

/** A published operation has a name. */
function named(text: string): string {
  const document = parse(text);
  const operation = onlyOperationOf(document);
  if (!operation || operation.name) return text;
  const name = { kind: Kind.NAME, value: UNNAMED } as const;
  const definitions = document.definitions.map((node) => (node === operation ? { ...node, name } : node));
  return print({ ...document, definitions });
}
