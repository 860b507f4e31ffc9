/** Reads the record back, as it is stored: a few thousand rows at a time, however many there are. */
import type pg from 'pg';
import type { RecordRow } from './row.ts';

export interface StoredRow extends RecordRow {
  mac: Buffer;
  xid: string;
}

/** As text with microseconds: a Date would not show a change of those. */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** The columns of `audit.reading r`, under the names that a StoredRow gives them, each after `prefix`. */
export const rowColumns = (prefix = ''): string =>
  Object.entries(COLUMNS)
    .map(([name, expression]) => `${expression} as "${prefix}${name}"`)
    .join(', ');

const COLUMNS: Readonly<Record<keyof StoredRow, string>> = {
  id: 'r.id',
  at: instant('r.at'),
  writer: 'r.writer',
  outcome: 'r.outcome',
  request: 'r.request',
  operation: 'r.operation',
  subject: 'r.subject',
  kind: 'r.kind',
  role: 'r.role',
  school: 'r.school',
  clientName: 'r.client_name',
  clientVersion: 'r.client_version',
  appGrant: 'r.app_grant',
  appPurpose: 'r.app_purpose',
  policy: 'r.policy',
  students: 'r.students',
  readings: 'r.readings',
  refusals: 'r.refusals',
  mac: 'r.mac',
  xid: 'r.xid::text',
};

const BATCH = 2_000;

/** Rows of a query, in the transaction that the client is in. One such reading at a time. */
export async function* inBatches<Row extends pg.QueryResultRow>(
  client: pg.ClientBase,
  query: string,
): AsyncGenerator<Row> {
  await client.query(`declare batches no scroll cursor for ${query}`);
  for (;;) {
    const { rows } = await client.query<Row>(`fetch ${BATCH} from batches`);
    yield* rows;
    if (rows.length < BATCH) break;
  }
  await client.query('close batches');
}
