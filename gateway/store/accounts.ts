import { Account } from './entities/account.ts';
import type { Store } from './store.ts';

/** The account with this address, in whatever case it is written; null where there is none. */
export const findAccount = (store: Store, email: string): Promise<Account | null> =>
  store.em.fork().findOne(Account, { email: email.trim().toLowerCase() });

export async function listAddresses(store: Store): Promise<string[]> {
  const accounts = await store.em.fork().findAll(Account, { fields: ['email'], orderBy: { createdAt: 1, email: 1 } });
  return accounts.map(({ email }) => email);
}
