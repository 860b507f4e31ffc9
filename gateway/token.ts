/** `npm run --silent token -- ADDRESS`: an access token for one of a demo's people, and nothing else on the output. */
import { parseArgs } from 'node:util';
import type { CallerClient } from '../subgraphs/kernel/caller.ts';
import { asAdmin } from '../subgraphs/kernel/database/roles.ts';
import { openStandaloneDatabase, type StandaloneDatabase } from '../subgraphs/kernel/database/standalone-database.ts';
import { expectGraph } from '../subgraphs/kernel/process/expect-graph.ts';
import { optionProblem, runCommand, UsageError } from '../subgraphs/kernel/process/run-command.ts';
import { readDataSettings, readSettings } from '../subgraphs/kernel/process/settings.ts';
import { issueToken } from './auth/access-token.ts';
import { isApp } from './auth/clients.ts';
import { CLIENT_VERSION } from './auth/jwt.ts';
import { findAccount, listAddresses } from './store/accounts.ts';
import { loadClients } from './store/clients.ts';
import { isDemo } from './store/demo-mark.ts';
import { refuseUnprepared } from './store/prepared.ts';
import { openStore, type Store, storeUrl } from './store/store.ts';

const USAGE = `Usage: npm run --silent token -- ADDRESS [--client NAME [--client-version VERSION]]

Prints an access token for one of the demo's people, good for eight hours, to call the graph with:
  TOKEN=$(npm run --silent token -- data-lead@birchwood.example)
  curl http://localhost:4000/graphql -H "authorization: Bearer $TOKEN" …

Options
      --client NAME             comes by this client, as "web" (npm run clients -- list); none where
                                it is left out
      --client-version VERSION  and by this version of it, as 1.0.0
  -h, --help                    this text

Environment
  DATA_DIR       the graph's folder (default .data), the same as the server's
  DATABASE_URL   the PostgreSQL server, where the graph does not run and has no embedded one

Exit codes: 0 printed, 1 no token, 2 called wrongly.`;

interface Wanted {
  address: string;
  client: CallerClient | null;
}

async function tokenFor(wanted: Wanted): Promise<string> {
  const settings = readSettings(readDataSettings);
  expectGraph(settings);
  const database = await openStandaloneDatabase(settings);
  try {
    for (const note of database.notes) console.error(note);
    const store = await openDemoStore(database);
    try {
      return await issue(store, database, wanted);
    } finally {
      await store.close(true);
    }
  } finally {
    await database.close();
  }
}

async function openDemoStore({ adminUrl, secrets }: StandaloneDatabase): Promise<Store> {
  await asAdmin(adminUrl, refuseUnprepared);
  return openStore(storeUrl(adminUrl, secrets.database));
}

async function issue(store: Store, { secrets }: StandaloneDatabase, { address, client }: Wanted): Promise<string> {
  if (!(await isDemo(store)))
    throw new Error('Tokens for the asking are for demos only, and this database is not marked as one.');
  if (client) await refuseOtherClients(store, client.name);
  const account = await findAccount(store, address);
  if (account) return issueToken(secrets.tokenKey, { ...account, school: account.schoolUrn, client }, new Date());
  const addresses = await listAddresses(store);
  throw new Error(['The demo has nobody with that address. There are:', ...addresses].join('\n  '));
}

async function refuseOtherClients(store: Store, name: string): Promise<void> {
  const client = (await loadClients(store)).client(name);
  if (!client)
    throw new Error('There is no client of that name: "npm run clients -- list" shows those that there are.');
  if (isApp(client)) throw new Error('That client is an app, which calls by itself: persons do not come by it.');
}

/** Null where help is asked for. */
function wantedOf(args: readonly string[]): Wanted | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [address, ...more] = positionals;
  if (!address || more.length > 0) throw new UsageError('Expected one address.');
  const { client: name, 'client-version': version = null } = values;
  if (name === undefined && version !== null) throw new UsageError('--client-version: expected --client, too.');
  if (version !== null && !CLIENT_VERSION.test(version))
    throw new UsageError('--client-version: expected 1 to 64 letters, digits or -._+.');
  return { address, client: name === undefined ? null : { name, version } };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        client: { type: 'string' },
        'client-version': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(optionProblem(error));
  }
}

await runCommand({
  usage: USAGE,
  parse: wantedOf,
  async run(wanted) {
    console.log(await tokenFor(wanted));
    return 0;
  },
});
