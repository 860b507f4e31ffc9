/** The clients and app grants as the database has them: retired and revoked ones are not known any more. */
import { type ClientList, type ClientSecret, clientList } from '../auth/clients.ts';
import { AppGrant } from './entities/app-grant.ts';
import { Client } from './entities/client.ts';
import type { Store } from './store.ts';

export async function loadClients(store: Store): Promise<ClientList> {
  const em = store.em.fork();
  const [clients, grants] = await em.transactional(
    async (one) => [
      await one.find(Client, { retiredAt: null }),
      await one.find(AppGrant, { revokedAt: null }, { orderBy: { createdAt: 1, id: 1 } }),
    ],
    // both of one moment
    { readOnly: true, isolationLevel: 'repeatable read' },
  );
  return clientList(
    clients.map((client) => ({ ...client, secrets: secretsOf(client) })),
    grants.map(({ schoolUrn, startsOn, endsOn, ...grant }) => {
      return { ...grant, school: schoolUrn, from: startsOn, to: endsOn };
    }),
  );
}

function secretsOf({ secretHash, previousSecretHash, previousSecretUntil }: Client): ClientSecret[] {
  const secrets: ClientSecret[] = secretHash ? [{ hash: secretHash, until: null }] : [];
  if (previousSecretHash) secrets.push({ hash: previousSecretHash, until: previousSecretUntil });
  return secrets;
}
