/** What a gateway keeps in mind of its tables, and reads again whenever they change. */
import type { Lifetime } from '../../subgraphs/kernel/process/lifetime.ts';
import { type ClientDirectory, openClientDirectory } from '../auth/client-directory.ts';
import { loadClients } from '../store/clients.ts';
import type { Store } from '../store/store.ts';
import { watchStore } from '../store/watch-store.ts';

export interface KeptInMind {
  clients: ClientDirectory;
}

interface KeptInMindDeps {
  store: Store;
  /** The gateway's own role's. */
  databaseUrl: string;
  lifetime: Pick<Lifetime, 'started'>;
  /** Told where the tables could not be read; they are tried again. */
  unread(error: unknown): void;
}

export async function keepInMind({ store, databaseUrl, lifetime, unread }: KeptInMindDeps): Promise<KeptInMind> {
  const clients = await openClientDirectory(() => loadClients(store));
  const watch = watchStore(databaseUrl, { onChange: clients.reload, reportError: unread });
  lifetime.started('The look at the gateway’s tables', watch.close);
  return { clients };
}
