/** `npm run audit -- verify`: whether the record of reading is whole, and which row is not as it was written. */
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { tenantUrl } from './kernel/database/roles.ts';
import { openStandaloneDatabase, type StandaloneDatabase } from './kernel/database/standalone-database.ts';
import { expectGraph } from './kernel/process/expect-graph.ts';
import { runCommand, UsageError } from './kernel/process/run-command.ts';
import { readDataSettings, readSettings } from './kernel/process/settings.ts';
import { AUDIT } from './kernel/record/audit-schema.ts';
import type { Head } from './kernel/record/chain.ts';
import { describeFinding } from './kernel/record/finding.ts';
import { readHeads, writeHeads } from './kernel/record/kept-heads.ts';
import { rowKeysOf, sealKeyOf } from './kernel/record/keys.ts';
import { sealBatch } from './kernel/record/seal.ts';
import { storedHeads, type Verdict, verifyRecord } from './kernel/record/verify.ts';

const USAGE = `Usage: npm run --silent audit -- verify [--heads FILE]
       npm run --silent audit -- heads

The record of reading says who read which fields of whom. Every row is signed, and the rows of a
school hang together in a chain.

verify         looks through the whole record and names each row that was flipped, deleted, swapped,
               inserted, cut off the end, or sealed anew. It may run beside the graph. Rows that are
               not sealed yet are checked one by one; that one of them was taken away is not seen.
               They are those of the last second or so, or, for as long as any transaction that
               writes on the database's server is open, of the time since that began: where there
               are some of more than a minute ago, it says so, and exits 1
heads          prints for each chain the school ("-": callers at none), its length, and the hash of
               its end. Kept where nobody who administers the database or the graph can change them,
               they show a record that was rewritten as a whole:
                 npm run --silent audit -- heads >> heads.txt

Options
  --heads FILE   with verify: also compares with heads that were kept
  -h, --help     this text

Environment
  DATA_DIR       the graph's folder (default .data): its secrets, without which nothing is verified.
                 A graph that runs on it gives its database
  DATABASE_URL   else the PostgreSQL server to use; without it, the embedded one is started

Exit codes: 0 whole, 1 not whole, not sealed in time, or not verified, 2 called wrongly.`;

const settings = () => readSettings(readDataSettings);

type Task = { name: 'heads' } | { name: 'verify'; kept: readonly Head[] };

function taskOf(args: readonly string[]): Task | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [name, ...more] = positionals;
  if ((name !== 'verify' && name !== 'heads') || more.length > 0) throw new UsageError('Expected "verify" or "heads".');
  if (name === 'heads' && values.heads !== undefined) throw new UsageError('Expected --heads with "verify" only.');
  return name === 'heads' ? { name } : { name, kept: values.heads === undefined ? [] : keptIn(values.heads) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { heads: { type: 'string' }, help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch {
    throw new UsageError('Expected no option but --heads FILE and --help.');
  }
}

function keptIn(file: string): Head[] {
  // npm runs scripts in the project's folder; the path is meant from where npm was called
  const path = resolve(settings().calledFrom, file);
  try {
    return readHeads(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`The file of heads cannot be read. ${error instanceof Error ? error.message : error}`);
  }
}

async function run(task: Task): Promise<number> {
  expectGraph(settings());
  const database = await openStandaloneDatabase(settings());
  for (const note of database.notes) console.error(note);
  try {
    return await asAuditor(database, (client) => {
      if (task.name === 'heads') return printHeads(client);
      return verify(client, database.secrets.database, task.kept);
    });
  } finally {
    await database.close();
  }
}

async function asAuditor<Result>(
  { adminUrl, secrets }: StandaloneDatabase,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: tenantUrl(adminUrl, secrets.database, AUDIT) });
  await client.connect().catch((error: Error) => {
    throw new Error(`The database has no record of reading that these secrets open: ${error.message}.`);
  });
  try {
    await sealAll(client, sealKeyOf(secrets.database));
    return await work(client);
  } finally {
    await client.end();
  }
}

const LONGEST_SEALING_MS = 10_000;

/**
 * What a graph that does not run, or was killed, has left. Where another sealer is at it, it is waited for; what is not
 * sealed all the same, the verdict tells.
 */
async function sealAll(client: pg.Client, key: KeyObject): Promise<void> {
  const broken = new Set<string>();
  for (const until = Date.now() + LONGEST_SEALING_MS; Date.now() < until; ) {
    const sealed = await sealBatch(client, key, broken);
    for (const school of sealed?.broken ?? []) broken.add(school);
    if (sealed && !sealed.more) return;
    if (!sealed) await sleep(50);
  }
}

async function printHeads(client: pg.Client): Promise<number> {
  process.stdout.write(writeHeads(await storedHeads(client)));
  return 0;
}

const MOST_FINDINGS = 100;

async function verify(client: pg.Client, secret: string, kept: readonly Head[]): Promise<number> {
  let told = 0;
  const verdict = await verifyRecord(client, {
    sealKey: sealKeyOf(secret),
    rowKeyOf: rowKeysOf(secret),
    kept,
    tell(finding) {
      told += 1;
      if (told <= MOST_FINDINGS) console.log(describeFinding(finding));
    },
  });
  if (verdict.findings > MOST_FINDINGS)
    console.log(
      `… and ${verdict.findings - MOST_FINDINGS} more. Where nothing holds, the record was written with other secrets: verify it with theirs.`,
    );
  console.log(describeVerdict(verdict));
  return verdict.findings + verdict.late === 0 ? 0 : 1;
}

function describeVerdict({ findings, sealed, unsealed, late, chains }: Verdict): string {
  const parts = [
    findings > 0 ? `Not whole. Findings: ${findings}.` : late > 0 ? 'Whole as far as it is sealed.' : 'Whole.',
    `Rows sealed: ${sealed}, not yet: ${unsealed}, chains: ${chains}.`,
  ];
  if (late > 0)
    parts.push(
      `Rows that were written more than a minute ago and could be taken away unseen, as they are not sealed: ${late}. A transaction that stays open on the database's server holds the sealing up, or a sealer that stands still.`,
    );
  else if (unsealed > 0) parts.push('Until they are sealed, rows could be taken away unseen.');
  return parts.join(' ');
}

await runCommand({ usage: USAGE, parse: taskOf, run });
