/** A call that reads cannot write, and once it has read it can put that on record, and read nothing more. */
import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { endReading, inTransaction, type Session } from '../../subgraphs/kernel/database/transaction.ts';
import { insertRows } from '../../subgraphs/kernel/record/insert-rows.ts';
import { rowKeysOf } from '../../subgraphs/kernel/record/keys.ts';
import { recordRow } from '../../subgraphs/kernel/record/row.ts';
import { callerOf } from '../kit/callers.ts';
import { cloneDatabase } from '../kit/database.ts';
import { recordOf } from '../kit/record.ts';
import { openSubgraphs } from '../kit/subgraphs.ts';

const database = await cloneDatabase('demo');
const { running, clock } = await openSubgraphs({ database });
const caller = callerOf('data-lead@alder.example');
const key = rowKeysOf(database.secret)('students');
const reading = <Result>(work: (session: Session) => Promise<Result>) =>
  inTransaction(running('students').orm, { caller, clock, readOnly: true }, work);
const row = () => recordRow({ writer: 'students', outcome: 'READ', caller, operation: null, now: clock.now() });
const count = async ({ db }: Session): Promise<number> =>
  Number((await sql<{ count: string }>`select count(*) from students.student`.execute(db)).rows[0]?.count);

const READ_ONLY = { code: '25006' };

describe('a read-only transaction', () => {
  it.each([
    ['changes no student', sql`update students.student set sex = sex`],
    ['adds no detention', sql`delete from students.detention`],
    ['does not make itself writable', sql`set transaction read write`],
    ['nor by the setting', sql`select set_config('transaction_read_only', 'off', true)`],
  ])('%s', async (_what, statement) => {
    await expect(reading(({ db }) => statement.execute(db))).rejects.toMatchObject({
      code: expect.stringMatching(/^25/),
    });
  });

  it('puts nothing on record while it reads', async () => {
    await expect(reading(({ db }) => insertRows(db, key, [row()]))).rejects.toMatchObject(READ_ONLY);
  });

  it('reads no more once it has ended its reading, and puts that on record', async () => {
    const before = (await recordOf(database)).length;
    const counts = await reading(async (session) => {
      const seen = await count(session);
      await endReading(session);
      const after = await count(session);
      await insertRows(session.db, key, [row()]);
      return { seen, after };
    });
    expect(counts.seen).toBeGreaterThan(0);
    expect(counts.after).toBe(0);
    expect(await recordOf(database)).toHaveLength(before + 1);
  });

  it('in which a statement failed puts on record what it had read', async () => {
    const before = (await recordOf(database)).length;
    await reading(async (session) => {
      await sql`select 1 / 0`.execute(session.db).catch(() => undefined);
      await endReading(session);
      await insertRows(session.db, key, [row()]);
    });
    expect(await recordOf(database)).toHaveLength(before + 1);
  });

  it('sees one moment, whatever is written meanwhile', async () => {
    const [first, second] = await reading(async (session) => {
      const one = await count(session);
      const system = { kind: 'system', job: 'test', school: '900001', reason: 'test' } as const;
      await inTransaction(running('students').orm, { caller: system, clock, readOnly: false }, ({ db }) =>
        sql`insert into students.student (home_school_urn, id, legal_first_name, legal_last_name, sex, date_of_birth,
            roll_status, joined_on, changed_at)
          select home_school_urn, gen_random_uuid(), legal_first_name, legal_last_name, sex, date_of_birth,
            roll_status, joined_on, changed_at
          from students.student where roll_status = 'ON_ROLL' limit 1`.execute(db),
      );
      return [one, await count(session)];
    });
    expect(second).toBe(first);
    expect(await reading(count)).toBe((first ?? 0) + 1);
  });
});
