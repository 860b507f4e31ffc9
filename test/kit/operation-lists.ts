/** Lists of published operations that a test makes and exchanges, in place of those of a database. */
import { parse } from 'graphql';
import type { ClientMode } from '../../gateway/auth/clients.ts';
import { canonicalHash } from '../../gateway/operations/persisted/canonical-text.ts';
import { type FollowedLists, followLists } from '../../gateway/operations/persisted/followed-lists.ts';
import type { ListedOperation, OperationLists, PublishedOperation } from '../../gateway/operations/persisted/lists.ts';
import { sha256Of } from '../../gateway/operations/persisted/operation-id.ts';
import { onlyOperationOf } from '../../gateway/operations/persisted/operation-text.ts';

interface TestClient {
  mode: ClientMode;
  /** By the client's version: texts, whose ids are their hashes, or texts by id. */
  versions?: Record<string, readonly string[] | Readonly<Record<string, string>>>;
}

interface TestLists extends FollowedLists {
  /** Other lists from now on. */
  set(clients: Readonly<Record<string, TestClient>>): Promise<void>;
  /** Which were asked for, in order. */
  asked: ListedOperation[];
}

export async function testLists(first: Readonly<Record<string, TestClient>> = {}): Promise<TestLists> {
  const asked: ListedOperation[] = [];
  let now = listsOf(first);
  const library = followLists({ last: () => now, used: (listed) => void asked.push(listed) });
  return {
    ...library,
    asked,
    async set(clients) {
      now = listsOf(clients);
      library.look();
    },
  };
}

const listsOf = (clients: Readonly<Record<string, TestClient>>): OperationLists =>
  new Map(
    Object.entries(clients).map(([client, { mode, versions = {} }]) => {
      const lists = Object.entries(versions).map(([version, texts]): [string, PublishedOperation[]] => {
        const byId = Array.isArray(texts) ? texts.map((text): [string, string] => [sha256Of(text), text]) : null;
        return [version, (byId ?? Object.entries(texts)).map(([id, text]) => published(client, id, text))];
      });
      return [client, { mode, versions: new Map(lists) }];
    }),
  );

/** What it would be in the database. */
export function published(client: string, id: string, text: string): PublishedOperation {
  const document = parse(text);
  const name = onlyOperationOf(document)?.name?.value;
  if (name === undefined) throw new Error('Expected one operation with a name.');
  return { client, id, name, text, hash: canonicalHash(document) };
}
