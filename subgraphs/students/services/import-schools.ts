/** Imports DfE's register of schools, the whole file or nothing of it; safe to run again. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { Refused } from '../../kernel/errors.ts';
import { readHeader } from '../domain/gias-columns.ts';
import { type RegisteredSchool, schoolOfRecord } from '../domain/gias-record.ts';
import type { School } from '../domain/school.ts';
import { updateSchool } from '../domain/update-school.ts';
import { type FileRecord, readRecords, UnreadableFile } from './register-file.ts';
import { emitSiteChanged } from './register-site.ts';
import { loadSchools, saveSchools } from './school-rows.ts';

/** About a line of the file, counted from 1 and from its header. */
export interface Remark {
  line: number;
  reason: string;
}

export interface ImportReport {
  added: number;
  changed: number;
  unchanged: number;
  /** Records that were left out. */
  rejected: Remark[];
  /** What looks wrong in records that were imported all the same. */
  warnings: Remark[];
}

/** Schools that are compared and written at a time. */
const BATCH = 1_000;

/**
 * Reads the file into the register. Throws `UnreadableFile` for one that cannot be read to its end; the transaction
 * must then be rolled back.
 */
export async function importSchools(session: Session, file: string): Promise<ImportReport> {
  if (session.caller?.kind !== 'system') throw new Refused('FORBIDDEN', 'Only the graph itself imports the register.');
  // nobody else changes a school until the file is in; reading goes on
  await sql`lock table students.school in share row exclusive mode`.execute(session.db);
  const report: ImportReport = { added: 0, changed: 0, unchanged: 0, rejected: [], warnings: [] };
  let batch: RegisteredSchool[] = [];
  for await (const school of registeredSchools(readRecords(file), report)) {
    batch.push(school);
    if (batch.length < BATCH) continue;
    await importBatch(session, batch, report);
    batch = [];
  }
  await importBatch(session, batch, report);
  return report;
}

/** The schools of the file, each once; what is rejected, and every warning, goes into the report. */
async function* registeredSchools(
  records: AsyncGenerator<FileRecord>,
  { rejected, warnings }: ImportReport,
): AsyncGenerator<RegisteredSchool> {
  const { columns, read } = await readFirst(records);
  const lineOfUrn = new Map<string, number>();
  for await (const record of records) {
    const { line, cells } = record;
    const reason = wrongCells(record, columns);
    const mapped = reason ? ({ ok: false, reason } as const) : schoolOfRecord(read(cells));
    const earlier = mapped.ok ? lineOfUrn.get(mapped.school.urn) : undefined;
    if (!mapped.ok) rejected.push({ line, reason: mapped.reason });
    else if (earlier) rejected.push({ line, reason: `URN: expected each one once; line ${earlier} has it already.` });
    else {
      lineOfUrn.set(mapped.school.urn, line);
      warnings.push(...mapped.warnings.map((warning) => ({ line, reason: warning })));
      yield mapped.school;
    }
  }
}

async function readFirst(records: AsyncGenerator<FileRecord>) {
  const first = await records.next();
  if (first.done) throw new UnreadableFile('The file is empty: download it again.');
  const header = readHeader(first.value.cells);
  if (!header.ok) throw new UnreadableFile(header.expected);
  return { columns: first.value.cells.length, read: header.read };
}

/** Too many or too few cells in several lines come of a quotation mark that swallowed what follows it. */
function wrongCells({ line, lines, cells }: FileRecord, columns: number): string | null {
  if (cells.length === columns) return null;
  const reason = `Expected ${columns} columns, as in the first line; there are ${cells.length}.`;
  if (lines === 1) return reason;
  throw new UnreadableFile(
    `The record that begins on line ${line} runs over ${lines} lines: a quotation mark in it is wrong. ${reason} Nothing was imported: download the file again.`,
  );
}

async function importBatch(session: Session, batch: readonly RegisteredSchool[], report: ImportReport): Promise<void> {
  const known = await loadSchools(
    session,
    batch.map(({ urn }) => urn),
  );
  const written: School[] = [];
  for (const registered of batch) {
    const update = updateSchool(known.get(registered.urn) ?? null, registered);
    report[update.kind] += 1;
    if (update.kind !== 'unchanged') written.push(update.school);
  }
  for (const saved of await saveSchools(session, written)) {
    const before = known.get(saved.urn);
    const told = before?.name === saved.name && before.telephone === saved.telephone;
    if (saved.isSite && !told) await emitSiteChanged(session, saved);
  }
}
