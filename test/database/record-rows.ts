/** A record of a few rows of three chains, written as subgraphs write theirs; and its state, to go back to. */
import { v7 } from 'uuid';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { newUuid } from '../../subgraphs/kernel/ids.ts';
import { insertRows } from '../../subgraphs/kernel/record/insert-rows.ts';
import { rowKeysOf } from '../../subgraphs/kernel/record/keys.ts';
import { recordRow } from '../../subgraphs/kernel/record/row.ts';
import { callerAs } from '../kit/callers.ts';
import type { TestDatabase } from '../kit/database.ts';
import { tamper } from '../kit/record.ts';
import { openSubgraphs, type TestSubgraphs } from '../kit/subgraphs.ts';

export const ALDER = '900001';
export const BIRCH = '900002';

/** Five rows of Birchwood, four of Alder Grove and three of callers at no school, in turns. */
export async function arrangeRecord(): Promise<TestSubgraphs> {
  const subgraphs = await openSubgraphs();
  const callers = [callerAs('DATA_LEAD', BIRCH), callerAs('SENCO', ALDER), callerAs('SUPPORT', null)];
  for (const [index, count] of [3, 3, 3, 2, 1].entries())
    for (const caller of callers.slice(0, count)) await writeRow(subgraphs, caller, index);
  return subgraphs;
}

/** One row, in a transaction of its own. `madeAt`: in milliseconds, where it is not now. */
export function writeRow(
  { transaction, database, clock }: TestSubgraphs,
  caller: Caller,
  index: number,
  madeAt = Date.now(),
) {
  const writer = 'students';
  const student = newUuid();
  const row = {
    ...recordRow({
      writer,
      outcome: 'READ',
      caller: { ...caller, client: { name: 'a client', version: `1.${index}` } },
      operation: { id: newUuid(), name: 'Anything' },
      now: clock.now(),
      readings: [
        {
          homeSchool: ALDER,
          students: [student],
          fields: ['GuestProfile.displayName'],
          agreement: newUuid(),
          purpose: 'Teaching',
          flags: [],
        },
      ],
    }),
    id: v7({ msecs: madeAt }),
  };
  return transaction(writer, caller, ({ db }) => insertRows(db, rowKeysOf(database.secret)(writer), [row]));
}

const TABLES = ['reading', 'seal', 'head', 'chains'] as const;

export const saveRecord = ({ adminUrl }: TestDatabase): Promise<void> =>
  asAdmin(adminUrl, async (client) => {
    for (const table of TABLES) await client.query(`create table saved_${table} as table audit.${table}`);
  });

export const restoreRecord = (database: TestDatabase): Promise<void> =>
  tamper(database, async (client) => {
    for (const table of TABLES) {
      await client.query(`delete from audit.${table}`);
      await client.query(`insert into audit.${table} table saved_${table}`);
    }
  });
