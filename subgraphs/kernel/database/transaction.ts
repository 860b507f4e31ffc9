/**
 * The transaction opener: the only place that tells row-level security who is calling, from a verified envelope and
 * verified grants. Settings are local to the transaction, so nothing is left on a pooled connection.
 */
import type { EntityManager, MikroORM } from '@mikro-orm/postgresql';
import { type Kysely, sql } from 'kysely';
import type { Caller, SystemCaller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import type { Grant } from '../guest-access/grant.ts';
import { atLeast } from '../guest-access/matrix.ts';

/** What services and loaders work with: one caller, one transaction, one moment. */
export interface Session {
  caller: Caller | SystemCaller | null;
  /** URN of the caller's school, or null. */
  school: string | null;
  /** The unit of work, for writes. */
  em: EntityManager;
  /** Plain rows, for reads: `sql` of kysely. Dates are `YYYY-MM-DD`. */
  db: Kysely<unknown>;
  now: Date;
  /** `YYYY-MM-DD` in Europe/London. */
  today: string;
}

interface TransactionOptions {
  caller: Caller | SystemCaller | null;
  clock: Clock;
  readOnly: boolean;
  /** Verified grants, made for this caller. */
  grants?: readonly Grant[];
}

export function inTransaction<Result>(
  orm: MikroORM,
  { caller, clock, readOnly, grants = [] }: TransactionOptions,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  return orm.em.fork().transactional(
    async (em) => {
      const db = em.getKysely<unknown>() as Kysely<unknown>;
      const session: Session = {
        caller,
        school: caller?.school ?? null,
        em,
        db,
        now: clock.now(),
        today: clock.today(),
      };
      if (readOnly) await sql`savepoint reading`.execute(db);
      await tellRowSecurity(session, grants, readOnly);
      return work(session);
    },
    // what an answer reads is of one moment, however many statements it takes
    readOnly ? { isolationLevel: 'repeatable read' } : {},
  );
}

/**
 * Ends the reading of a read-only transaction: nothing of a person can be read in it any more, and what was read can be
 * put on record. Reading is read-only inside a savepoint, because a transaction that is so as a whole takes no record.
 * https://www.postgresql.org/docs/current/sql-set-transaction.html
 */
export async function endReading({ db }: Pick<Session, 'db'>): Promise<void> {
  await sql`rollback to savepoint reading`.execute(db);
}

async function tellRowSecurity(
  { db, caller, school, today }: Session,
  grants: readonly Grant[],
  readOnly: boolean,
): Promise<void> {
  const teacher = caller?.kind === 'person' && caller.role === 'TEACHER' ? caller.subject : '';
  const granted = `{${grants.map(({ student }) => student).join()}}`;
  await sql`select set_config('app.school', ${school ?? ''}, true), set_config('app.teacher', ${teacher}, true),
    set_config('app.today', ${today}, true), set_config('app.granted_students', ${granted}, true),
    set_config('app.writable_students', ${JSON.stringify(writableStudents(grants))}, true),
    set_config('app.system', ${caller?.kind === 'system' ? 'on' : ''}, true),
    set_config('transaction_read_only', ${readOnly ? 'on' : 'off'}, true)`.execute(db);
}

/** The students of whom a grant lets the caller write, by row of the guest matrix. */
function writableStudents(grants: readonly Grant[]): Record<string, string[]> {
  const students: Record<string, string[]> = {};
  for (const { student, access: rows } of grants)
    for (const [row, { access }] of rows)
      if (atLeast(access, 'EDIT')) students[row] = [...(students[row] ?? []), student];
  return students;
}

/**
 * Runs a change so that it is done whole or not at all, inside the call's transaction: several mutations of one
 * operation stand or fall each for itself (GraphQL specification, 6.2.2).
 */
export async function atomically<Result>({ db, em }: Session, work: () => Promise<Result>): Promise<Result> {
  await sql`savepoint change`.execute(db);
  try {
    const result = await work();
    await em.flush();
    await sql`release savepoint change`.execute(db);
    return result;
  } catch (error) {
    await sql`rollback to savepoint change`.execute(db);
    em.clear();
    throw error;
  }
}
