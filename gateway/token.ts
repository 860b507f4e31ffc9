/** `npm run --silent token -- ADDRESS`: an access token for one of a demo's people, and nothing else on the output. */
import { prepareDatabase } from '../subgraphs/kernel/database/prepare-database.ts';
import { asAdmin } from '../subgraphs/kernel/database/roles.ts';
import { openStandaloneDatabase, type StandaloneDatabase } from '../subgraphs/kernel/database/standalone-database.ts';
import { runCommand, UsageError } from '../subgraphs/kernel/process/run-command.ts';
import { readDataSettings, readSettings } from '../subgraphs/kernel/process/settings.ts';
import { issueToken } from './auth/access-token.ts';
import { findAccount, listAddresses } from './store/accounts.ts';
import { seedDemoAccounts } from './store/demo-accounts.ts';
import { isDemo, markIfEmpty } from './store/demo-mark.ts';
import { openStore, type Store, storeUrl } from './store/store.ts';
import { GATEWAY } from './store/tenant.ts';

const USAGE = `Usage: npm run --silent token -- ADDRESS

Prints an access token for one of the demo's people, good for eight hours, to call the graph with:
  TOKEN=$(npm run --silent token -- data-lead@birchwood.example)
  curl http://localhost:4000/graphql -H "authorization: Bearer $TOKEN" …

Options
  -h, --help     this text

Environment
  DATA_DIR       the graph's folder (default .data), the same as the server's
  DATABASE_URL   the PostgreSQL server, where the graph does not run and has no embedded one

Exit codes: 0 printed, 1 no token, 2 called wrongly.`;

async function tokenFor(address: string): Promise<string> {
  const database = await openStandaloneDatabase(readSettings(readDataSettings));
  try {
    for (const note of database.notes) console.error(note);
    const store = await openDemoStore(database);
    try {
      return await issue(store, database, address);
    } finally {
      await store.close(true);
    }
  } finally {
    await database.close();
  }
}

/** An embedded database that was never started gets what a token needs: the graph, started later, takes the token. */
async function openDemoStore({ adminUrl, secrets, source }: StandaloneDatabase): Promise<Store> {
  const isPrepared = await hasAccounts(adminUrl);
  if (!isPrepared && source !== 'embedded')
    throw new Error('The database is not set up yet: run "npm start" first, and wait until it is ready.');
  if (!isPrepared) await prepareDatabase({ adminUrl, secrets }, [GATEWAY]);
  const store = await openStore(storeUrl(adminUrl, secrets.database));
  if (!isPrepared && (await markIfEmpty(store, adminUrl, [GATEWAY]))) await seedDemoAccounts(store, new Date());
  return store;
}

async function hasAccounts(adminUrl: string): Promise<boolean> {
  const { rows } = await asAdmin(adminUrl, (client) =>
    client.query<{ found: boolean }>(`select to_regclass('gateway.account') is not null as found`),
  );
  return rows[0]?.found === true;
}

async function issue(store: Store, { secrets }: StandaloneDatabase, address: string): Promise<string> {
  if (!(await isDemo(store)))
    throw new Error('Tokens for the asking are for demos only, and this database is not marked as one.');
  const account = await findAccount(store, address);
  if (account) return issueToken(secrets.tokenKey, { ...account, school: account.schoolUrn }, new Date());
  const addresses = await listAddresses(store);
  throw new Error(['The demo has nobody with that address. There are:', ...addresses].join('\n  '));
}

function addressOf([first, ...more]: readonly string[]): string | null {
  if (first === '--help' || first === '-h') return null;
  if (!first || more.length > 0 || first.startsWith('-')) throw new UsageError('Expected one address.');
  return first;
}

await runCommand({
  usage: USAGE,
  parse: addressOf,
  async run(address) {
    console.log(await tokenFor(address));
    return 0;
  },
});
