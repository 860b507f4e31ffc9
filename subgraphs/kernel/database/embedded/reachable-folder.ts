import { createHash } from 'node:crypto';
import { chmodSync, existsSync, lstatSync, readdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { makeFolders } from '../make-folders.ts';
import { type Account, canEnter } from './server-account.ts';

/** What the home holds. The data is in a folder of its own, so that the files beside it are out of its owner's hands. */
export const HOME = {
  data: 'cluster',
  password: 'password',
  owner: 'owner.json',
  log: 'server.log',
  previousLog: 'server.previous.log',
  port: 'port',
} as const;

interface Home {
  folder: string;
  notes: string[];
}

/**
 * Makes the folder for data, password, log and owner file: the wanted one, or, where the account can't enter that
 * (a clone under root's home), one below the temporary folder whose name the next start finds again.
 */
export function prepareHome(wanted: string, account: Account | undefined): Home {
  const folder = realPathOf(resolve(wanted));
  if (canEnter(account, nearestExisting(folder))) {
    claimFolder(folder, account ? 0o711 : 0o700);
    refuseForeignContent(folder);
    if (canEnter(account, folder)) return { folder, notes: [] };
  }
  const elsewhere = temporaryFolder(`schoolgraph-${shortHash(folder)}`, account);
  refuseToHide(folder, account);
  claimFolder(elsewhere, 0o711);
  refuseForeignContent(elsewhere);
  return { folder: elsewhere, notes: [movedNote(folder, elsewhere, account)] };
}

/** A path below the temporary folder that the account can enter. As it can be guessed, claim it before use. */
export function temporaryFolder(name: string, account: Account | undefined): string {
  // TMPDIR may be root's own (libpam-tmpdir makes it so).
  const candidates = process.platform === 'win32' ? [tmpdir()] : [tmpdir(), '/tmp'];
  const parent = candidates.find((folder) => existsSync(folder) && isSafeParent(folder) && canEnter(account, folder));
  if (parent) return join(realpathSync(parent), name);
  throw new Error(
    `Expected a temporary folder which the user '${account?.name ?? 'who started this'}' can enter and others can't ` +
      `rearrange, found none among ${candidates.join(', ')}. Set TMPDIR, or DATABASE_URL to a PostgreSQL server.`,
  );
}

/** Makes the folder, or takes the one that is there, if nobody else can have made it or put something in it. */
export function claimFolder(folder: string, mode: number): void {
  try {
    makeFolders(folder);
  } catch (error) {
    throw new Error(
      `Could not make the folder ${folder} (${(error as Error).message}). Choose another DATA_DIR, or set DATABASE_URL.`,
      { cause: error },
    );
  }
  const found = lstatSync(folder);
  const uid = process.getuid?.() ?? found.uid;
  if (!found.isDirectory() || found.uid !== uid || (process.getuid && found.mode & 0o002)) {
    throw new Error(
      `Expected ${folder} to be a folder of user ${uid} that others can't write to, found ` +
        `${found.isDirectory() ? 'a folder' : 'something else'} of user ${found.uid}, mode ` +
        `${(found.mode & 0o777).toString(8)}. Start as its owner, remove it, or choose another DATA_DIR.`,
    );
  }
  chmodSync(folder, mode);
}

/** A DATA_DIR that names somebody's own folder by mistake is left alone. */
function refuseForeignContent(folder: string): void {
  const names = readdirSync(folder);
  const isOurs = (name: string) => Object.values(HOME).some((own) => name.startsWith(own));
  if (names.length === 0 || names.some(isOurs)) return;
  throw new Error(
    `Expected ${folder} to be empty or to hold this server's data, found ${names.slice(0, 3).join(', ')}. ` +
      'Choose another DATA_DIR.',
  );
}

/** An empty database elsewhere, while the data lies here, would look like a loss of data. */
function refuseToHide(folder: string, account: Account | undefined): void {
  if (!existsSync(join(folder, HOME.data))) return;
  throw new Error(
    `${folder} holds data, but the user '${account?.name}', which PostgreSQL runs as, can't enter it. ` +
      'Start as the user who made it, or let others enter the folders above it (chmod o+x).',
  );
}

function movedNote(wanted: string, elsewhere: string, account: Account | undefined): string {
  return (
    `PostgreSQL does not run as root, and the user '${account?.name}', which it runs as, can't enter ${wanted}: ` +
    `the data is in ${elsewhere}, where the system may clear it. To keep it, set DATA_DIR to a folder that every ` +
    'user can reach, or start as an ordinary user.'
  );
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** In a folder where everyone may write, only the sticky bit keeps others from swapping what we made. */
function isSafeParent(folder: string): boolean {
  const { mode } = lstatSync(realpathSync(folder));
  return process.platform === 'win32' || (mode & 0o002) === 0 || (mode & 0o1000) !== 0;
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** One name for one folder, however it was reached, even before it exists. */
function realPathOf(path: string): string {
  return existsSync(path) ? realpathSync(path) : join(realPathOf(dirname(path)), basename(path));
}
