import type { KeyObject } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { macOf, type RecordRow } from './row.ts';

/** Writes rows in one statement, in whatever transaction `db` is of. `key`: the writer's. */
export async function insertRows(db: Kysely<unknown>, key: KeyObject, rows: readonly RecordRow[]): Promise<void> {
  const values = rows.map(
    (row) => sql`(${row.id}, ${row.at}, ${row.writer}, ${row.outcome}, ${row.request}, ${row.operation},
      ${row.subject}, ${row.kind}, ${row.role}, ${row.school}, ${row.clientName}, ${row.clientVersion}, ${row.appGrant},
      ${row.appPurpose}, ${row.policy},
      ${`{${row.students.join()}}`}, ${JSON.stringify(row.readings)}, ${JSON.stringify(row.refusals)}, ${macOf(key, row)})`,
  );
  await sql`insert into audit.reading (id, at, writer, outcome, request, operation, subject, kind, role, school,
      client_name, client_version, app_grant, app_purpose, policy, students, readings, refusals, mac)
    values ${sql.join(values)}`.execute(db);
}
