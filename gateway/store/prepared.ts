import type pg from 'pg';
import { NotDone } from '../../subgraphs/kernel/process/not-done.ts';

/** By the youngest of the gateway's tables. Throws where the database is not the one of a graph that has started. */
export async function refuseUnprepared(admin: pg.Client): Promise<void> {
  const { rows } = await admin.query<{ found: boolean }>(
    `select to_regclass('gateway.persisted_list') is not null as found`,
  );
  if (!rows[0]?.found)
    throw new NotDone('The database is not set up yet: run "npm start" first, and wait until it is ready.');
}
