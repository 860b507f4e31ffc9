import { execFileSync, type SpawnSyncReturns, spawnSync } from 'node:child_process';

/** The system user that PostgreSQL's programs run as. Undefined stands for "as ourselves". */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const OWN_NAME = 'schoolgraph-db';

/** PostgreSQL refuses to run as root: root hands it to `postgres`, or to a system user that is made for it. */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return findAccount('postgres') ?? findAccount(OWN_NAME) ?? createAccount(OWN_NAME);
}

function findAccount(name: string): Account | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })),
    );
    return uid && gid ? { name, uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

function createAccount(name: string): Account {
  const made = spawnSync(
    'useradd',
    ['--system', '--user-group', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/bin/false', name],
    { encoding: 'utf8' },
  );
  // Looked up even when useradd failed: another start may have made the user in the same moment.
  const account = findAccount(name);
  if (account) return account;
  throw new Error(
    `PostgreSQL does not run as root, and there is neither a user 'postgres' nor could '${name}' be made ` +
      `(useradd: ${made.error?.message ?? made.stderr.trim()}). ` +
      'Start as an ordinary user, make that user, or set DATABASE_URL to a PostgreSQL server.',
  );
}

/** Spawn options that make a program run as the account; node drops the supplementary groups along with them. */
export function asAccount(account: Account | undefined): { uid?: number; gid?: number } {
  return account ? { uid: account.uid, gid: account.gid } : {};
}

/**
 * The environment of PostgreSQL's programs. Not ours: it may hold secrets, which a superuser's `COPY … FROM PROGRAM`
 * could read, and PG… variables, which would change what the programs do.
 */
export function programEnvironment(): NodeJS.ProcessEnv {
  const { PATH, SystemRoot, TEMP } = process.env;
  return { PATH, LC_ALL: 'C', TZ: 'UTC', ...(SystemRoot && { SystemRoot }), ...(TEMP && { TEMP }) };
}

/** Runs a short program as the account and waits for it. */
export function tryAs(account: Account | undefined, program: string, words: string[]): SpawnSyncReturns<string> {
  return spawnSync(program, words, {
    ...asAccount(account),
    cwd: '/',
    env: programEnvironment(),
    encoding: 'utf8',
    timeout: 30_000,
  });
}

/** Asked of the system by trying, not computed from modes: that also sees access lists and mount options. */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true;
  const tried = tryAs(account, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder]);
  if (!tried.error) return tried.status === 0;
  throw new Error(
    `PostgreSQL does not run as root, and this process may not start programs as the user '${account.name}' ` +
      `(${tried.error.message}). Start as an ordinary user, or set DATABASE_URL to a PostgreSQL server.`,
  );
}
