/** A database with schools only: imports into it, its rows, and the events that would leave it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SystemCaller } from '../../../subgraphs/kernel/caller.ts';
import { openTenant } from '../../../subgraphs/kernel/database/open-tenant.ts';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { inTransaction, type Session } from '../../../subgraphs/kernel/database/transaction.ts';
import { School } from '../../../subgraphs/students/entities/school.ts';
import { importSchools } from '../../../subgraphs/students/services/import-schools.ts';
import { atEnd } from '../../kit/at-end.ts';
import { createTestClock } from '../../kit/clock.ts';
import { cloneDatabase } from '../../kit/database.ts';

const SYSTEM: SystemCaller = { kind: 'system', job: 'import gias', school: null, reason: 'test' };

export async function openSchoolDatabase() {
  const database = await cloneDatabase();
  const query = async <Row>(text: string): Promise<Row[]> =>
    asAdmin(database.adminUrl, async (client) => (await client.query(text)).rows as Row[]);
  // an event without a subscriber leaves no trace
  await query(`insert into kernel.subscription values ('school-site.changed', 'test/school-site.changed')`);
  const orm = await openTenant({ name: 'students', url: database.urlOf('students'), entities: [School] });
  atEnd(() => orm.close(true));
  const clock = createTestClock();
  const transaction = <Result>(
    work: (session: Session) => Promise<Result>,
    caller: Session['caller'] = SYSTEM,
  ): Promise<Result> => inTransaction(orm, { caller, clock, readOnly: false }, work);
  return {
    transaction,
    importFile: (file: string) => transaction((session) => importSchools(session, file)),
    /** With the places of the rows in the table: a row that was written again is not the same. */
    rows: () => query<Record<string, unknown>>('select ctid, xmin, xmax, * from students.school order by urn'),
    schools: (where = 'true') =>
      query<Record<string, unknown>>(
        `select *, opened_on::text, closed_on::text from students.school where ${where} order by urn`,
      ),
    events: async () => {
      const jobs = await query<{ payload: { version: number } }>(
        `select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
         where t.identifier = 'test/school-site.changed' order by j.id`,
      );
      return jobs.map(({ payload }) => payload);
    },
  };
}

/** Writes files into a folder that goes after the tests. */
export function temporaryFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'schools-'));
  atEnd(async () => rmSync(folder, { recursive: true, force: true }));
  let count = 0;
  return (content: string | Uint8Array): string => {
    count += 1;
    const file = join(folder, `${count}.csv`);
    writeFileSync(file, content);
    return file;
  };
}

const COLUMNS = [
  'URN',
  'EstablishmentName',
  'EstablishmentStatus (name)',
  'LA (code)',
  'LA (name)',
  'TypeOfEstablishment (name)',
  'PhaseOfEducation (name)',
  'OpenDate',
  'Street',
  'Locality',
  'Town',
  'Postcode',
  'SchoolWebsite',
] as const;

type Cells = Partial<Record<(typeof COLUMNS)[number], string>>;

const CELLS: Cells = {
  EstablishmentName: 'Elm Tree School',
  'EstablishmentStatus (name)': 'Open',
  'LA (code)': '999',
  'LA (name)': 'Elmshire',
};

/** One line of a made file; what is not said is a plausible school's. */
export const csvLine = (cells: Cells): string => {
  const all = { ...CELLS, ...cells };
  return COLUMNS.map((column) => all[column] ?? '').join();
};

/** A made file of these lines, under a header. */
export const csvOf = (lines: readonly string[], lineBreak = '\n'): string =>
  [COLUMNS.join(), ...lines, ''].join(lineBreak);
