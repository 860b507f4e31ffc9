/** What each client may ask for by id, and how its texts are met: a whole that is exchanged, and never changed. */
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import type { ClientMode } from '../../auth/clients.ts';

/** An id that was published for a client never means another text. */
export interface PublishedOperation {
  client: string;
  id: string;
  name: string;
  text: string;
  /** Of its text in one spelling. */
  hash: string;
}

export interface ClientLists {
  mode: ClientMode;
  /** Lists that are not retired, by the client's version. */
  versions: ReadonlyMap<string, readonly PublishedOperation[]>;
}

/** By the client's name. */
export type OperationLists = ReadonlyMap<string, ClientLists>;

/** What holds for one caller. */
export interface ListOfCaller {
  mode: ClientMode;
  byId(id: string): ListedOperation | null;
  byHash(hash: string): ListedOperation | null;
  /** By version, and by id. */
  all(): readonly ListedOperation[];
}

export interface ListedOperation {
  operation: PublishedOperation;
  version: string;
}

/** Of a caller without a client, and of everybody where the graph keeps no lists. */
const OPEN: ListOfCaller = { mode: 'open', byId: () => null, byHash: () => null, all: () => [] };

/** Of a client that its token names and nobody knows: it runs nothing. */
const UNKNOWN: ListOfCaller = { ...OPEN, mode: 'require-id' };

/** `lists` are null where a graph keeps none. Looked up in a caller's own list, and in no other: none is there twice. */
export function createListOf(lists: OperationLists | null): (caller: Pick<Caller, 'client'> | null) => ListOfCaller {
  const indexes = new Map([...(lists ?? [])].map(([name, client]) => [name, indexOf(client)]));
  return (caller) => {
    if (!lists || !caller?.client) return OPEN;
    const { name, version } = caller.client;
    const index = indexes.get(name);
    return index ? index.of(version) : UNKNOWN;
  };
}

function indexOf({ mode, versions }: ClientLists): { of(version: string | null): ListOfCaller } {
  const nothing: ListOfCaller = { ...OPEN, mode };
  const ofVersion = new Map([...versions].map((each) => [each[0], listOf(mode, [each])]));
  // a client that does not say its version has every list that is not retired
  const ofAny = listOf(mode, [...versions]);
  return { of: (version) => (version === null ? ofAny : (ofVersion.get(version) ?? nothing)) };
}

function listOf(mode: ClientMode, lists: Iterable<readonly [string, readonly PublishedOperation[]]>): ListOfCaller {
  const [ids, hashes] = [new Map<string, ListedOperation>(), new Map<string, ListedOperation>()];
  for (const [version, operations] of lists)
    for (const operation of operations) {
      ids.set(operation.id, { operation, version });
      hashes.set(operation.hash, { operation, version });
    }
  return {
    mode,
    byId: (id) => ids.get(id) ?? null,
    byHash: (hash) => hashes.get(hash) ?? null,
    all: () => [...ids.values()],
  };
}
