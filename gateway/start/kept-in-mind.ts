/** What a gateway keeps in mind of its tables, and reads again whenever they change. */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import type { Lifetime } from '../../subgraphs/kernel/process/lifetime.ts';
import type { ClientDirectory } from '../auth/clients.ts';
import { type FollowedLists, followLists } from '../operations/persisted/followed-lists.ts';
import { loadClients } from '../store/clients.ts';
import { keepFreshCopy } from '../store/fresh-copy.ts';
import { openMarksOfUse } from '../store/marks-of-use.ts';
import { createReadLists } from '../store/operation-lists.ts';
import type { Store } from '../store/store.ts';
import { watchStore } from '../store/watch-store.ts';

interface KeptInMind {
  clients: ClientDirectory;
  /** What clients may ask for by id. */
  operationLists: FollowedLists;
}

interface KeptInMindDeps {
  store: Store;
  /** The gateway's own role's. */
  databaseUrl: string;
  lifetime: Pick<Lifetime, 'started'>;
  /** Real time: marks of use are for who retires a list. */
  clock: Pick<Clock, 'now'>;
  /** Told where the tables could not be read, or marks of use written; it is tried again. */
  unread(error: unknown): void;
}

export async function keepInMind(deps: KeptInMindDeps): Promise<KeptInMind> {
  const { store, databaseUrl, lifetime, clock, unread } = deps;
  const readLists = createReadLists(store);
  // one copy: who is let in by a client is so by lists that are no older
  const copy = await keepFreshCopy(async () => ({ clients: await loadClients(store), lists: await readLists() }));
  const marks = openMarksOfUse(store, { clock, unwritten: unread });
  lifetime.started('The marks of use', marks.close);
  const operationLists = followLists({ last: () => copy.last().lists, used: marks.used });
  const onChange = () => copy.reload().then(operationLists.look);
  const watch = watchStore(databaseUrl, { onChange, reportError: unread });
  lifetime.started('The look at the gateway’s tables', watch.close);
  const clients = { current: async () => (await copy.current()).clients, last: () => copy.last().clients };
  return { clients, operationLists };
}
