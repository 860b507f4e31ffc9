/** The record of reading as a test sees it: past every right that anybody has to it. */
import type pg from 'pg';
import { expect } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { AUDIT } from '../../subgraphs/kernel/record/audit-schema.ts';
import type { Head } from '../../subgraphs/kernel/record/chain.ts';
import type { Finding } from '../../subgraphs/kernel/record/finding.ts';
import { rowKeysOf, sealKeyOf } from '../../subgraphs/kernel/record/keys.ts';
import { rowColumns, type StoredRow } from '../../subgraphs/kernel/record/read-rows.ts';
import { sealBatch } from '../../subgraphs/kernel/record/seal.ts';
import { storedHeads, type Verdict, verifyRecord } from '../../subgraphs/kernel/record/verify.ts';
import type { TestDatabase } from './database.ts';
import type { Answer, Person } from './graph.ts';
import { UNNAMED } from './published-texts.ts';

/** In the order in which they were written. */
export const recordOf = ({ adminUrl }: TestDatabase): Promise<StoredRow[]> =>
  asAdmin(
    adminUrl,
    async (client) =>
      (await client.query<StoredRow>(`select ${rowColumns()} from audit.reading r order by r.xid, r.id`)).rows,
  );

/** The rows that `work` wrote. */
export async function recordedBy(database: TestDatabase, work: () => Promise<unknown>): Promise<StoredRow[]> {
  const before = new Set((await recordOf(database)).map(({ id }) => id));
  await work();
  return (await recordOf(database)).filter(({ id }) => !before.has(id));
}

/** An answer, and the rows that it left: the same by every lane, but for the request and when it was. */
export async function recorded(
  database: TestDatabase,
  person: Person,
  text: string,
  variables?: Record<string, unknown>,
): Promise<{ answer: Answer; rows: StoredRow[] }> {
  const each = await person.queryEach(
    async (ask) => {
      const answers: Answer[] = [];
      const rows = await recordedBy(database, async () => void answers.push(await ask()));
      return { answers, rows };
    },
    text,
    variables,
  );
  const [
    {
      answers: [answer],
      rows,
    } = { answers: [], rows: [] },
    ...others
  ] = each;
  if (!answer) throw new Error('Expected an answer.');
  for (const other of others) expect(other.rows.map(whatIsSaid)).toEqual(rows.map(whatIsSaid));
  return { answer, rows };
}

/** But for what is new with each request. */
export const whatIsSaid = (row: StoredRow) => {
  const { writer, outcome, subject, kind, role, school, readings, refusals } = row;
  const said = { writer, outcome, subject, kind, role, school, readings, refusals };
  return { ...said, operation: row.operation ?? UNNAMED, students: row.students.toSorted() };
};

/** Seals until every row is: others' transactions on the same server may still hold it up. */
export async function sealAll(database: TestDatabase): Promise<void> {
  await asAdmin(database.urlOf(AUDIT), async (client) => {
    for (let left = true; left; ) {
      await sealBatch(client, sealKeyOf(database.secret));
      const unsealed =
        'select exists (select from audit.reading where id not in (select reading from audit.seal)) as left';
      left = (await client.query<{ left: boolean }>(unsealed)).rows[0]?.left === true;
      if (left) await client.query('select pg_sleep(0.02)');
    }
  });
}

export async function verify(
  database: TestDatabase,
  kept: readonly Head[] = [],
): Promise<{ findings: Finding[]; verdict: Verdict }> {
  const findings: Finding[] = [];
  const verdict = await asAdmin(database.urlOf(AUDIT), (client: pg.Client) =>
    verifyRecord(client, {
      sealKey: sealKeyOf(database.secret),
      rowKeyOf: rowKeysOf(database.secret),
      kept,
      tell: (finding) => void findings.push(finding),
    }),
  );
  return { findings, verdict };
}

export const headsOf = (database: TestDatabase): Promise<Head[]> => asAdmin(database.urlOf(AUDIT), storedHeads);

/** What somebody does who administers the server and knows no key: the triggers are off while it is done. */
export async function tamper({ adminUrl }: TestDatabase, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  await asAdmin(adminUrl, async (client) => {
    const { rows: triggers } = await client.query<{ name: string; of: string }>(
      `select tgname as name, tgrelid::regclass::text as of from pg_trigger
       where tgrelid in (select oid from pg_class where relnamespace = 'audit'::regnamespace)`,
    );
    await client.query('begin');
    for (const { name, of } of triggers) await client.query(`alter table ${of} disable trigger ${name}`);
    await work(client);
    for (const { name, of } of triggers) await client.query(`alter table ${of} enable always trigger ${name}`);
    await client.query('commit');
  });
}
