/** What a gateway keeps in mind of its tables, and reads again whenever they change. */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import type { Lifetime } from '../../subgraphs/kernel/process/lifetime.ts';
import { type ClientDirectory, openClientDirectory } from '../auth/client-directory.ts';
import { type FollowedLists, followLists } from '../operations/persisted/followed-lists.ts';
import { loadClients } from '../store/clients.ts';
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
  const clients = await openClientDirectory(() => loadClients(store));
  const marks = openMarksOfUse(store, { clock, unwritten: unread });
  lifetime.started('The marks of use', marks.close);
  const operationLists = await followLists({ read: createReadLists(store), used: marks.used });
  // the clients first: which schema an operation holds in depends on whether its client is a partner's
  const onChange = () => clients.reload().finally(() => operationLists.refresh());
  const watch = watchStore(databaseUrl, { onChange, reportError: unread });
  lifetime.started('The look at the gateway’s tables', watch.close);
  return { clients, operationLists };
}
