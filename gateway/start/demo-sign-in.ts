/** Tokens for the asking, of a demo's people: asked by the sandbox. */
import type { JWK } from 'jose';
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { DEMO_SCHOOLS } from '../../subgraphs/kernel/demo/schools.ts';
import { DEMO_STAFF } from '../../subgraphs/kernel/demo/staff.ts';
import { issueToken } from '../auth/access-token.ts';
import type { DemoSignIn } from '../pages/demo-sign-in.ts';
import { findAccount } from '../store/accounts.ts';
import { isDemo } from '../store/demo-mark.ts';
import type { Store } from '../store/store.ts';

/** `signingKey`: the private one. `clock`: the one that tokens are checked by. */
export function createDemoSignIn(store: Store, signingKey: JWK, clock: Pick<Clock, 'now'>): DemoSignIn {
  const schools = new Map<string, string>(DEMO_SCHOOLS.map(({ urn, name }) => [urn, name]));
  return {
    people: DEMO_STAFF.map(({ email, name, role, school }) => ({
      email,
      name,
      role,
      school: school === null ? null : (schools.get(school) ?? null),
    })),
    async tokenFor(email) {
      // a database that is one no more signs nobody in
      const account = (await isDemo(store)) ? await findAccount(store, email) : null;
      return account && issueToken(signingKey, { ...account, school: account.schoolUrn }, clock.now());
    },
  };
}
