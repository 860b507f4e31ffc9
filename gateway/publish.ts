/** `npm run operations -- publish | list | retire | check`: what clients may ask for by id. */
import type pg from 'pg';
import { createClock } from '../subgraphs/kernel/clock.ts';
import { asAdmin } from '../subgraphs/kernel/database/roles.ts';
import { openStandaloneDatabase } from '../subgraphs/kernel/database/standalone-database.ts';
import { expectGraph } from '../subgraphs/kernel/process/expect-graph.ts';
import { runCommand } from '../subgraphs/kernel/process/run-command.ts';
import { readDataSettings, readSettings } from '../subgraphs/kernel/process/settings.ts';
import { readFrontSettings } from './front-config.ts';
import { check } from './publishing/check.ts';
import { checkPublished } from './publishing/check-published.ts';
import { list } from './publishing/list.ts';
import type { Outcome } from './publishing/outcome.ts';
import { publish } from './publishing/publish.ts';
import { retire } from './publishing/retire.ts';
import { type Task, taskOf } from './publishing/task.ts';
import { USAGE } from './publishing/usage.ts';
import { graphClock } from './store/graph-clock.ts';
import { refuseUnprepared } from './store/prepared.ts';

async function done(task: Task): Promise<Outcome> {
  const front = readSettings(readFrontSettings);
  const { calledFrom, today } = readSettings(readDataSettings);
  if (task.name === 'check') return check(task, front, calledFrom);
  return withDatabase(async (admin) => {
    if (task.name === 'list') return list(task, admin);
    if (task.name === 'check-published') return checkPublished(task, { admin, front, calledFrom });
    // marks of use are in real time
    if (task.name === 'retire') return retire(task, admin, createClock().now());
    const clock = await graphClock(admin, today);
    return publish(task, { admin, front, calledFrom, today: clock.today() });
  });
}

async function withDatabase(work: (admin: pg.Client) => Promise<Outcome>): Promise<Outcome> {
  const settings = readSettings(readDataSettings);
  // to publish to a server takes none of the graph's secrets
  if (settings.databaseUrl === undefined) expectGraph(settings);
  const database = await openStandaloneDatabase(settings);
  for (const note of database.notes) console.error(note);
  try {
    return await asAdmin(database.adminUrl, async (admin) => {
      await refuseUnprepared(admin);
      return work(admin);
    });
  } finally {
    await database.close();
  }
}

async function run(task: Task): Promise<number> {
  const { told, problems } = await done(task);
  for (const line of told) console.log(line);
  for (const problem of problems) console.error(problem);
  return problems.length === 0 ? 0 : 1;
}

await runCommand({ usage: USAGE, parse: taskOf, run });
