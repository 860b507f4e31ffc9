/** `npm run clients`: programs that may call the graph, and what schools let apps do. */
import type pg from 'pg';
import { type Clock, createClock } from '../subgraphs/kernel/clock.ts';
import { asAdmin } from '../subgraphs/kernel/database/roles.ts';
import { openStandaloneDatabase } from '../subgraphs/kernel/database/standalone-database.ts';
import { expectGraph } from '../subgraphs/kernel/process/expect-graph.ts';
import { runCommand } from '../subgraphs/kernel/process/run-command.ts';
import { readDataSettings, readSettings } from '../subgraphs/kernel/process/settings.ts';
import { APP_SCOPES, isSensitive, SENSITIVE_SCOPES } from './auth/app-scopes.ts';
import { CLIENT_MODES, LAWFUL_GROUNDS } from './auth/clients.ts';
import { type RevokeTask, readTask, type Task } from './clients/arguments.ts';
import { describeClients } from './clients/describe-clients.ts';
import {
  addAppGrant,
  addClient,
  changeClient,
  listClients,
  retireClient,
  revokeAppGrant,
  revokeAppGrantsOf,
  rotateSecret,
} from './store/administer-clients.ts';
import { graphClock } from './store/graph-clock.ts';
import { refuseUnprepared } from './store/prepared.ts';

/** How long the secret before lives on: enough to give an app the new one on a working day. */
const ROTATION_DAYS = 7;

const USAGE = `Usage: npm run --silent clients -- list
       npm run --silent clients -- add NAME --title TITLE [--app | --partner] [--mode MODE]
       npm run --silent clients -- change NAME [--mode MODE] [--title TITLE]
       npm run --silent clients -- rotate NAME [--now]
       npm run --silent clients -- grant NAME --school URN --purpose TEXT --ground GROUND
                                         --operations A,B --scopes S,T [--sensitive-scopes U]
                                         --from DATE --to DATE
       npm run --silent clients -- revoke GRANT_ID | NAME --school URN
       npm run --silent clients -- retire NAME

A client is a program that calls the graph: pages that persons come by, or an app that calls by
itself. An app gets a token for one school (README, "Partner apps") as long as an app grant of that
school's is in force: without one it gets none, and what ends, ends within five seconds at every
gateway, tokens that were given out too.

list           all clients and app grants, those that have ended too
add            a new client; of an app it prints the secret, once: nobody can look it up again
change         another mode or title; every gateway goes by them within five seconds. To close a
               client that is open: log-unknown says which of its texts are not listed; once there
               are none left, safelist
rotate         prints a new secret. The one before lives on for ${ROTATION_DAYS} days; with --now, no longer
grant          what a school lets an app do; prints the app grant's id. Of one school an app has
               one at a time, and it does not change: revoke it, and grant anew
revoke         ends an app grant; or, of an app and a school, those in force and to come
retire         ends a client for good; its name is not used again

Options of add and change
      --title TITLE   its name for people; what an app writes is stamped with it
      --app           an app of the schools' own: it calls by itself, with a secret
      --partner       an app of somebody else's: it has the partners' part of the schema, and runs
                      listed operations by their ids
      --mode MODE     how its operations are met: ${CLIENT_MODES.join(', ')}
                      (default: open; of an app safelist or require-id: its app grants name
                      listed operations; of a partner require-id)

Options of grant
      --school URN      the school that lets it in
      --purpose TEXT    what for; every reading is put on record with it
      --ground GROUND   the lawful ground (UK GDPR Article 6(1)):
                        ${LAWFUL_GROUNDS.slice(0, 4).join(', ')},
                        ${LAWFUL_GROUNDS.slice(4).join(', ')}
      --operations A,B  names of the operations that it covers
      --scopes S,T      what it may read and write, and guest access narrows:
${inLines(
  APP_SCOPES.filter((scope) => !isSensitive(scope)),
  24,
)}
      --sensitive-scopes U  what opens special categories of data, named apart:
${inLines(SENSITIVE_SCOPES, 24)}
      --from DATE, --to DATE  its first and its last day, YYYY-MM-DD

Options
  -h, --help          this text

Environment
  DATA_DIR       the graph's folder (default .data), the same as the server's
  DATABASE_URL   the PostgreSQL server, where the graph does not run and has no embedded one
  TODAY          the date that the graph takes for today's, where it has that setting

Exit codes: 0 done, 1 not done, 2 called wrongly.`;

function inLines(names: readonly string[], indent: number): string {
  const lines = [''];
  for (const name of names) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? name : `${lines[last]}, ${name}`;
    if (longer.length + indent < 98) lines[last] = longer;
    else lines.push(name);
  }
  return lines.map((line) => `${' '.repeat(indent)}${line}`).join('\n');
}

async function run(task: Task): Promise<number> {
  const settings = readSettings(readDataSettings);
  expectGraph(settings);
  const database = await openStandaloneDatabase(settings);
  for (const note of database.notes) console.error(note);
  try {
    await asAdmin(database.adminUrl, async (admin) => {
      await refuseUnprepared(admin);
      console.log(await done(task, admin, await graphClock(admin, settings.today)));
    });
    return 0;
  } finally {
    await database.close();
  }
}

/** What is printed: of a secret nothing else, so that a shell can keep it. */
async function done(task: Task, admin: pg.Client, { today }: Clock): Promise<string> {
  // of secrets gateways know by real time whether they live
  const { now } = createClock();
  switch (task.name) {
    case 'list':
      return describeClients(await listClients(admin), now(), today());
    case 'add': {
      const secret = await addClient(admin, task.client);
      return shownOnce(secret) ?? `Added ${task.client.name}.`;
    }
    case 'change':
      await changeClient(admin, task.client, task.change);
      return `Changed ${task.client}.`;
    case 'rotate': {
      const days = task.endsNow ? 0 : ROTATION_DAYS;
      const until = new Date(now().getTime() + days * 86_400_000);
      return shownOnce(await rotateSecret(admin, task.client, until));
    }
    case 'grant':
      return addAppGrant(admin, task.grant);
    case 'revoke':
      return (await revoked(admin, task.grants, today())).map((id) => `Revoked ${id}.`).join('\n');
    case 'retire':
      await retireClient(admin, task.client);
      return `Retired ${task.client}.`;
  }
}

async function revoked(admin: pg.Client, grants: RevokeTask['grants'], today: string): Promise<readonly string[]> {
  if ('school' in grants) return revokeAppGrantsOf(admin, grants.client, grants.school, today);
  await revokeAppGrant(admin, grants.id);
  return [grants.id];
}

function shownOnce<Secret extends string | null>(secret: Secret): Secret {
  if (secret !== null) console.error('The secret, shown this once:');
  return secret;
}

await runCommand({ usage: USAGE, parse: readTask, run });
