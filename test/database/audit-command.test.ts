import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { asAdmin } from '../../subgraphs/kernel/database/roles.ts';
import { newSecrets } from '../../subgraphs/kernel/database/secrets.ts';
import { writeHeads } from '../../subgraphs/kernel/record/kept-heads.ts';
import { atEnd } from '../kit/at-end.ts';
import { callerAs } from '../kit/callers.ts';
import { headsOf, recordOf, sealAll, tamper } from '../kit/record.ts';
import { arrangeRecord, BIRCH, writeRow } from './record-rows.ts';

const subgraphs = await arrangeRecord();
const { database } = subgraphs;
await sealAll(database);
const dataDir = mkdtempSync(join(tmpdir(), 'audit-'));
atEnd(async () => rmSync(dataDir, { recursive: true, force: true }));
writeFileSync(join(dataDir, 'secrets.json'), JSON.stringify({ ...newSecrets(), database: database.secret }), {
  mode: 0o600,
});

function audit(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: database.adminUrl, INIT_CWD: dataDir };
  return new Promise((done) => {
    execFile(process.execPath, ['subgraphs/audit.ts', ...args], { env }, (error, stdout, stderr) =>
      done({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

describe('npm run audit', { timeout: 60_000 }, () => {
  it('prints the heads, which verify compares with', async () => {
    const { code, stdout } = await audit('heads');
    expect({ code, stdout }).toEqual({ code: 0, stdout: writeHeads(await headsOf(database)) });
    expect(stdout).toMatch(/^- 3 [0-9a-f]{64}\n900001 4 [0-9a-f]{64}\n900002 5 [0-9a-f]{64}\n$/);
    writeFileSync(join(dataDir, 'heads.txt'), stdout);
    expect(await audit('verify', '--heads', 'heads.txt')).toMatchObject({
      code: 0,
      stdout: 'Whole. Rows sealed: 12, not yet: 0, chains: 3.\n',
    });
  });

  it('does not call a record whole of which rows are not sealed in time', async () => {
    await asAdmin(database.adminUrl, async (other) => {
      await other.query('begin; select pg_current_xact_id()');
      await writeRow(subgraphs, callerAs('SENCO', BIRCH), 1);
      const young = await audit('verify');
      expect(young).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Whole\. Rows sealed: 12, not yet: 1, /) });
      expect(young.stdout).toContain('could be taken away unseen');
      await writeRow(subgraphs, callerAs('SENCO', BIRCH), 2, Date.now() - 61_000);
      const { code, stdout } = await audit('verify');
      expect(code).toBe(1);
      expect(stdout).toMatch(/^Whole as far as it is sealed\. Rows sealed: 12, not yet: 2, chains: 3\. Rows .*: 1\. /);
      await other.query('rollback');
    });
    await sealAll(database);
    expect((await audit('verify')).stdout).toBe('Whole. Rows sealed: 14, not yet: 0, chains: 3.\n');
  });

  it('names a row that was tampered with, and exits 1', async () => {
    const row = (await recordOf(database)).filter(({ school }) => school === BIRCH)[2];
    await tamper(database, (client) => client.query(`update audit.reading set role = '' where id = $1`, [row?.id]));
    const { code, stdout } = await audit('verify');
    expect(code).toBe(1);
    expect(stdout.split('\n')).toEqual([
      `FLIPPED school 900002, position 3, row ${row?.id}, of ${row?.at}: the row does not say what was written.`,
      'Not whole. Findings: 1. Rows sealed: 14, not yet: 0, chains: 3.',
      '',
    ]);
  });

  it.each([
    ['nothing', [], 'Expected "verify" or "heads"'],
    ['an unknown word', ['repair'], 'Expected "verify" or "heads"'],
    ['an unknown option', ['verify', '--all'], 'Expected no option but'],
    ['a file that is not there', ['verify', '--heads', 'none.txt'], 'The file of heads cannot be read'],
    ['a file that holds no heads', ['verify', '--heads', 'secrets.json'], 'Line 1 is not "SCHOOL LENGTH HASH"'],
  ])('exits 2 for %s, and says what it expects', async (_what, args, message) => {
    const { code, stdout, stderr } = await audit(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: npm run --silent audit');
  });

  it('explains itself', async () => {
    expect(await audit('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Exit codes:') });
  });
});
