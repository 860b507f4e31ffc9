import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Programs } from './programs.ts';
import { HOME } from './reachable-folder.ts';
import { type Account, asAccount, programEnvironment } from './server-account.ts';

export const SUPERUSER = 'schoolgraph';

const UNFINISHED = `${HOME.data}.unfinished-`;

export interface Place {
  home: string;
  programs: Programs;
  account: Account | undefined;
  /** Whether the data must outlive a crash of the machine. */
  durable: boolean;
}

/**
 * Makes the cluster where there is none; returns the superuser's password.
 * initdb works in a folder of another name, which is renamed when it is done: a cluster of the final name is complete
 * and never touched, an unfinished one was left by a start that was killed, and is removed.
 */
export async function ensureCluster(place: Place, log: (line: string) => void): Promise<string> {
  const data = join(place.home, HOME.data);
  try {
    if (!existsSync(data)) {
      log(`Making a new PostgreSQL cluster in ${data}`);
      await makeCluster(place, data);
    }
  } finally {
    removeUnfinished(place.home);
  }
  checkVersion(data, place.programs.version);
  return readPassword(place.home);
}

async function makeCluster(place: Place, data: string): Promise<void> {
  const password = randomBytes(32).toString('base64url');
  writePrivate(join(place.home, HOME.password), password);
  // A name of its own, as the initdb of a killed start may still be at work, and tidies up by path when it fails.
  const unfinished = join(place.home, `${UNFINISHED}${randomBytes(6).toString('hex')}`);
  mkdirSync(unfinished, { mode: 0o700 });
  giveTo(place.account, unfinished);
  await fillCluster(place, unfinished, password);
  renameSync(unfinished, data);
}

async function fillCluster(place: Place, folder: string, password: string): Promise<void> {
  const passwordFile = `${folder}.password`;
  writePrivate(passwordFile, password);
  giveTo(place.account, passwordFile);
  try {
    await runInitdb(place, [`--pgdata=${folder}`, `--pwfile=${passwordFile}`]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

/**
 * The builtin locale sorts by code point and knows the letters of Unicode. It is in PostgreSQL itself: no host lacks
 * it, and no host's update changes an order that indexes rely on.
 * https://www.postgresql.org/docs/18/locale.html#LOCALE-PROVIDERS
 */
function runInitdb({ home, programs, account, durable }: Place, words: string[]): Promise<void> {
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const all = [...words, `--username=${SUPERUSER}`, '--auth=scram-sha-256', ...locale, '--no-instructions'];
  if (!durable) all.push('--no-sync');
  return new Promise((resolve, reject) => {
    const initdb = spawn(programs.initdb, all, {
      ...asAccount(account),
      cwd: home,
      env: programEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    initdb.stdout.on('data', (chunk) => (said += chunk));
    initdb.stderr.on('data', (chunk) => (said += chunk));
    const fail = (why: string) =>
      reject(new Error(`Could not make a PostgreSQL cluster in ${home}: ${why}. Or set DATABASE_URL.\n${said.trim()}`));
    initdb.on('error', (error) => fail(error.message));
    initdb.on('close', (code, signal) => (code === 0 ? resolve() : fail(`initdb ended with ${code ?? signal}`)));
  });
}

/** Comes last: the initdb of a killed start may outlive it by a second, and write while its folder is being removed. */
function removeUnfinished(home: string): void {
  for (const name of readdirSync(home).filter((entry) => entry.startsWith(UNFINISHED))) {
    try {
      rmSync(join(home, name), { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
    } catch {
      // It is in nobody's way; the next start tries again.
    }
  }
}

/** The files of one major version can't be read by another. */
function checkVersion(data: string, version: string): void {
  const made = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const installed = version.split('.')[0];
  if (made === installed) return;
  throw new Error(
    `${data} was made by PostgreSQL ${made}, installed is ${installed}. Choose another DATA_DIR, or dump the data with ` +
      'the old version and restore it with the new one.',
  );
}

function readPassword(home: string): string {
  const file = join(home, HOME.password);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  throw new Error(
    `Expected the database's password in ${file}, which is gone. Put it back, or choose another DATA_DIR for a new one.`,
  );
}

function writePrivate(file: string, text: string): void {
  rmSync(file, { force: true });
  writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx' });
  chmodSync(file, 0o600);
}

function giveTo(account: Account | undefined, path: string): void {
  if (account) chownSync(path, account.uid, account.gid);
}
