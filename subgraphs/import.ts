/** `npm run import -- gias FILE`: DfE's register of schools, into the database that `npm start` uses. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { createClock } from './kernel/clock.ts';
import { KERNEL_TENANTS, migrate } from './kernel/database/migrate.ts';
import { openTenant } from './kernel/database/open-tenant.ts';
import { provisionRoles, tenantUrl } from './kernel/database/roles.ts';
import { openStandaloneDatabase, type StandaloneDatabase } from './kernel/database/standalone-database.ts';
import { inTransaction } from './kernel/database/transaction.ts';
import { runCommand, UsageError } from './kernel/process/run-command.ts';
import { readDataSettings, readSettings } from './kernel/process/settings.ts';
import { tenantOf } from './kernel/subgraph/define-subgraph.ts';
import { registry } from './registry.ts';
import { type ImportReport, importSchools, type Remark } from './students/services/import-schools.ts';
import { checkFile } from './students/services/register-file.ts';

const USAGE = `Usage: npm run import -- gias FILE

Imports schools from a CSV file of Get Information About Schools, DfE's register
(https://www.get-information-schools.service.gov.uk/Downloads): establishments, with all or some
of their columns, or children's centres. New schools are added, known ones are brought up to date;
a school that the file does not name stays. It is safe to run again, also while the graph runs.

It prints how many schools were added, changed and unchanged, then the lines that were rejected,
with the reason, and the lines that look wrong but were imported. A file that cannot be read to
its end changes nothing.

Options
  -h, --help     this text

Environment
  DATA_DIR       the graph's folder (default .data): a graph that runs on it gives its database
  DATABASE_URL   else the PostgreSQL server to use; without it, the embedded one is started

Exit codes: 0 imported, 1 not imported, 2 called wrongly.`;

const settings = () => readSettings(readDataSettings);

/** The file to import, or null where help was asked for. */
function fileOf(args: readonly string[]): string | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [register, file, ...more] = positionals;
  if (register !== 'gias') throw new UsageError('Expected "gias", the register that the file is from.');
  if (!file) throw new UsageError('Expected the path of a CSV file after "gias".');
  if (more.length > 0) throw new UsageError('Expected one file; put quotation marks around a path with spaces.');
  // npm runs scripts in the project's folder; the path is meant from where npm was called
  return resolve(settings().calledFrom, file);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h', default: false } },
    });
  } catch {
    throw new UsageError('Expected no option but --help; put "--" before a path that begins with "-".');
  }
}

async function importFile(file: string): Promise<ImportReport> {
  await checkFile(file);
  const database = await openStandaloneDatabase(settings());
  for (const note of database.notes) console.error(note);
  try {
    return await importInto(database, file);
  } finally {
    await database.close();
  }
}

async function importInto({ adminUrl, secrets }: StandaloneDatabase, file: string): Promise<ImportReport> {
  const subgraphs = await Promise.all(registry.map(({ load }) => load()));
  await provisionRoles(adminUrl, secrets.database, [...KERNEL_TENANTS, ...subgraphs.map(({ name }) => name)]);
  await migrate(adminUrl, secrets.database, subgraphs.map(tenantOf));
  const name = 'students';
  const entities = subgraphs.find((subgraph) => subgraph.name === name)?.entities ?? [];
  const orm = await openTenant({ name, url: tenantUrl(adminUrl, secrets.database, name), entities, poolSize: 1 });
  const caller = { kind: 'system', job: 'import gias', school: null, reason: 'import' } as const;
  try {
    return await inTransaction(orm, { caller, clock: createClock(), readOnly: false }, (session) =>
      importSchools(session, file),
    );
  } finally {
    await orm.close(true);
  }
}

function print({ added, changed, unchanged, rejected, warnings }: ImportReport): void {
  console.log(`${added} added, ${changed} changed, ${unchanged} unchanged, ${rejected.length} rejected`);
  printRemarks('Rejected:', rejected);
  printRemarks('Imported, but look at:', warnings);
}

function printRemarks(title: string, remarks: readonly Remark[]): void {
  if (remarks.length > 0)
    console.log([title, ...remarks.map(({ line, reason }) => `  line ${line}: ${reason}`)].join('\n'));
}

await runCommand({
  usage: USAGE,
  parse: fileOf,
  async run(file) {
    print(await importFile(file));
    return 0;
  },
});
