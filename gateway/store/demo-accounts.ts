import { DEMO_STAFF, demoStaffId } from '../../subgraphs/kernel/demo/staff.ts';
import { Account } from './entities/account.ts';
import type { Store } from './store.ts';

/** The demo's people can sign in. Those who are there already stay as they are. */
export async function seedDemoAccounts(store: Store, now: Date): Promise<void> {
  const accounts = DEMO_STAFF.map(({ email, name, role, school }) => ({
    id: demoStaffId(email),
    email,
    name,
    role,
    schoolUrn: school,
    createdAt: now,
  }));
  await store.em.fork().upsertMany(Account, accounts, { onConflictAction: 'ignore' });
}
