/** Reads a CSV file as DfE publishes its register, record by record: never the whole file in memory. */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { NotDone } from '../../kernel/process/not-done.ts';

/** The file cannot be imported. */
export class UnreadableFile extends NotDone {
  override name = 'UnreadableFile';
}

export interface FileRecord {
  /** The line of the file on which the record begins, from 1. */
  line: number;
  /** How many lines it takes: more than one where a cell holds line breaks. */
  lines: number;
  cells: string[];
}

/** A record of the register has about 5,000 characters; past this one a quotation mark was never closed. */
const LONGEST_RECORD = 1_000_000;

/**
 * Yields the records, the first line among them. Throws `UnreadableFile` for what is no CSV file, at the latest when it
 * comes to the place.
 */
export async function* readRecords(file: string): AsyncGenerator<FileRecord> {
  const encoding = await encodingOf(file);
  let last = 0;
  const parser = parse({
    info: true,
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_RECORD,
    // what is still to be handed out is lost when the parser fails, so the place is kept here
    on_record: (cells, { lines }) => {
      last = lines;
      return cells;
    },
  });
  pipeline(Readable.from(textOf(file, encoding)), parser, () => {});
  try {
    for await (const { record: cells, info } of parser as AsyncIterable<ParsedRecord>) {
      const breaks = lineBreaksIn(cells);
      yield { line: info.lines - breaks, lines: breaks + 1, cells };
    }
  } catch (error) {
    throw error instanceof CsvError ? new UnreadableFile(wrongQuoting(last + 1)) : error;
  }
}

/** `lines`: the line on which it ends. */
interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

const wrongQuoting = (line: number): string =>
  `Expected a CSV file. A quotation mark stands in the wrong place, or is never closed, in the record that begins on line ${line} or soon after. Nothing was imported: download the file again.`;

const lineBreaksIn = (cells: readonly string[]): number =>
  cells.reduce((count, cell) => count + (cell.includes('\n') ? cell.split('\n').length - 1 : 0), 0);

type Encoding = 'utf-8' | 'windows-1252';

/** DfE publishes windows-1252; other tools save UTF-8. Hardly a text of the one is valid in the other, so it is tried. */
async function encodingOf(file: string): Promise<Encoding> {
  await checkFile(file);
  const strict = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const bytes of createReadStream(file)) strict.decode(bytes as Buffer, { stream: true });
    strict.decode();
    return 'utf-8';
  } catch (error) {
    if (error instanceof TypeError) return 'windows-1252';
    throw error;
  }
}

/** Throws `UnreadableFile` for what its first bytes show not to be a CSV file. */
export async function checkFile(file: string): Promise<void> {
  const handle = await open(file).catch(() => {
    throw new UnreadableFile('The file cannot be opened: give the path of a CSV file that this user may read.');
  });
  try {
    const stats = await handle.stat();
    // it is read twice, which a pipe cannot be
    if (!stats.isFile()) throw new UnreadableFile('Expected the path of a CSV file; this is none.');
    if (stats.size === 0) throw new UnreadableFile('The file is empty: download it again.');
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0);
    if (buffer.toString('latin1').startsWith('PK'))
      throw new UnreadableFile(
        'Expected a CSV file; this is a zip archive or a spreadsheet. Unpack it, or save it as CSV.',
      );
  } finally {
    await handle.close();
  }
}

/** The text with every line ending as `\n`, so that lines are counted as an editor counts them. */
async function* textOf(file: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for await (const bytes of createReadStream(file)) {
    const text = held + decoder.decode(bytes as Buffer, { stream: true });
    if (text.includes('\0')) throw new UnreadableFile('Expected a text file in UTF-8 or Windows-1252: save it as CSV.');
    held = text.endsWith('\r') ? '\r' : '';
    yield (held ? text.slice(0, -1) : text).replace(/\r\n?/g, '\n');
  }
  yield (held + decoder.decode()).replace(/\r/g, '\n');
}
