import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOME } from '../../../subgraphs/kernel/database/embedded/reachable-folder.ts';
import { atEnd } from '../../kit/at-end.ts';
import { csvLine, csvOf, temporaryFiles } from './school-database.ts';

const write = temporaryFiles();
const dataDir = mkdtempSync(join(tmpdir(), 'import-'));
// PostgreSQL runs as a user of its own where the tests run as root
chmodSync(dataDir, 0o711);
atEnd(async () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 3 }));

function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const { DATABASE_URL: _, INIT_CWD: __, ...rest } = process.env;
  const env = { ...rest, DATA_DIR: dataDir };
  return new Promise((done) => {
    execFile(process.execPath, ['subgraphs/import.ts', ...args], { env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

describe('npm run import', () => {
  it('imports into the embedded database and stops it; a second run finds everything as it is', async () => {
    const lines = [csvLine({ URN: '900101', Postcode: 'TF3' }), csvLine({ URN: 'x' }), csvLine({ URN: '900102' })];
    const file = write(csvOf(lines));
    const remarks = [
      'Rejected:',
      '  line 3: URN: Expected a school URN of 5 or 6 digits that does not start with 0, for example "123456".',
      'Imported, but look at:',
      '  line 2: Postcode: Expected a UK postcode, for example "SW1A 1AA". Imported as it stands.',
      '',
    ].join('\n');
    expect(await run('gias', file)).toMatchObject({
      code: 0,
      stdout: `2 added, 0 changed, 0 unchanged, 1 rejected\n${remarks}`,
    });
    expect(await run('gias', file)).toMatchObject({
      code: 0,
      stdout: `0 added, 0 changed, 2 unchanged, 1 rejected\n${remarks}`,
    });
    const cluster = join(dataDir, 'postgres', HOME.data);
    expect(existsSync(cluster)).toBe(true);
    // a server that runs has the file
    expect(existsSync(join(cluster, 'postmaster.pid'))).toBe(false);
  }, 120_000);

  it('exits 1 for a file that cannot be imported, and says why', async () => {
    const { code, stdout, stderr } = await run('gias', write('URN,Town\n1,2\n'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^Expected a CSV file of establishments.* Missing columns: .* Found: URN, Town\.\n$/);
  }, 60_000);

  it.each<[string, string[], string]>([
    ['nothing', [], 'Expected "gias"'],
    ['an unknown register', ['schools', 'file.csv'], 'Expected "gias"'],
    ['no file', ['gias'], 'Expected the path of a CSV file after "gias".'],
    ['two files', ['gias', 'a.csv', 'b.csv'], 'Expected one file'],
    ['an unknown option', ['gias', '--force', 'a.csv'], 'Expected no option but --help'],
  ])('exits 2 when called with %s, and shows the usage', async (_, args, expected) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: npm run import -- gias FILE\n/);
    expect(stderr.trimEnd().split('\n').at(-1)?.startsWith(expected)).toBe(true);
  });

  it('tells how it is used', async () => {
    const { code, stdout } = await run('--help');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: npm run import -- gias FILE\n/);
  });
});
