/** `npm run --silent token -- ADDRESS`: an access token for one of a demo's people, and nothing else on the output. */
import { asAdmin } from '../subgraphs/kernel/database/roles.ts';
import { hasSecrets } from '../subgraphs/kernel/database/secrets.ts';
import { openStandaloneDatabase, type StandaloneDatabase } from '../subgraphs/kernel/database/standalone-database.ts';
import { runCommand, UsageError } from '../subgraphs/kernel/process/run-command.ts';
import { readDataSettings, readSettings } from '../subgraphs/kernel/process/settings.ts';
import { issueToken } from './auth/access-token.ts';
import { findAccount, listAddresses } from './store/accounts.ts';
import { isDemo } from './store/demo-mark.ts';
import { openStore, type Store, storeUrl } from './store/store.ts';

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
  const settings = readSettings(readDataSettings);
  if (!hasSecrets(settings.dataDir))
    throw new Error(`There is no graph in this folder: ${settings.dataDir}. Run "npm start" first, or set DATA_DIR.`);
  const database = await openStandaloneDatabase(settings);
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

async function openDemoStore({ adminUrl, secrets }: StandaloneDatabase): Promise<Store> {
  if (!(await hasAccounts(adminUrl)))
    throw new Error('The database is not set up yet: run "npm start" first, and wait until it is ready.');
  return openStore(storeUrl(adminUrl, secrets.database));
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
