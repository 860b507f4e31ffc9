import type pg from 'pg';

/** All that `work` does on an administrator's connection, or nothing. */
export async function inTransaction<Result>(admin: pg.Client, work: () => Promise<Result>): Promise<Result> {
  await admin.query('begin');
  try {
    const result = await work();
    await admin.query('commit');
    return result;
  } catch (error) {
    await admin.query('rollback');
    throw error;
  }
}
