/**
 * The database and the secrets of a graph on one machine, for `npm start` and the commands beside it: the one of a graph
 * that runs on this data folder, else the server at DATABASE_URL, else an embedded one that lives as long as the command.
 */
import { join, resolve } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.ts';
import { makeDataFolder } from './private-file.ts';
import { asAdmin } from './roles.ts';
import { findRunning } from './run-file.ts';
import { openSecrets, type Secrets } from './secrets.ts';

export interface StandaloneDatabase {
  adminUrl: string;
  secrets: Secrets;
  /** Sentences for the person who started it. */
  notes: string[];
  /** Whose it is: a graph's that runs on this data folder, the one at DATABASE_URL, or started here. */
  source: 'running' | 'given' | 'embedded';
  /** Stops what was started here: nothing, where the database is another's. */
  close(): Promise<void>;
}

export interface StandaloneDatabaseOptions {
  dataDir: string;
  databaseUrl?: string | undefined;
  /** Told, in single lines, what takes time. */
  log?: (line: string) => void;
}

export async function openStandaloneDatabase(options: StandaloneDatabaseOptions): Promise<StandaloneDatabase> {
  const dataDir = resolve(options.dataDir);
  makeDataFolder(dataDir);
  const { secrets, notes } = openSecrets(dataDir);
  const running = findRunning(dataDir);
  if (running) return { adminUrl: running.databaseUrl, secrets, notes, source: 'running', close: nothing };
  if (options.databaseUrl) {
    const warnings = await checkServer(options.databaseUrl);
    return { adminUrl: options.databaseUrl, secrets, notes: [...notes, ...warnings], source: 'given', close: nothing };
  }
  const server = await startEmbeddedPostgres({
    dataFolder: join(dataDir, 'postgres'),
    ...(options.log && { log: options.log }),
  });
  try {
    const adminUrl = await ensureDatabase(server.url);
    return { adminUrl, secrets, notes: [...notes, ...server.notes], source: 'embedded', close: server.stop };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

const nothing = async (): Promise<void> => undefined;

const DATABASE = 'schoolgraph';

/** The embedded server's own database stays free, for whoever administers it. */
async function ensureDatabase(serverUrl: string): Promise<string> {
  await asAdmin(serverUrl, async (client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (!rowCount) await client.query(`create database ${DATABASE}`);
  });
  const url = new URL(serverUrl);
  url.pathname = `/${DATABASE}`;
  return url.href;
}

const OLDEST_SERVER = 15;

/** A superuser switches it off for our roles (roles.ts); nobody else can. */
const LOGGING =
  'This PostgreSQL server logs statements, and with them details of pupils: have its administrator set log_statement = none, log_min_error_statement = panic and log_min_duration_statement = -1 for roles named schoolgraph_….';

async function checkServer(url: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (error) {
    // The message may be empty, the code is not; neither holds the password.
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`No PostgreSQL server lets us in at DATABASE_URL: ${message || code}.`);
  }
  try {
    const { rows } = await client.query<{ version: number; may: boolean; logs: boolean }>(
      `select current_setting('server_version_num')::int / 10000 as version,
         rolsuper or rolcreaterole and pg_has_role(datdba, 'usage') as may,
         not rolsuper and (current_setting('log_statement') <> 'none'
           or current_setting('log_min_error_statement') not in ('fatal', 'panic')
           or current_setting('log_min_duration_statement')::int >= 0)
         and not exists (
           select from pg_db_role_setting s join pg_roles r on r.oid = s.setrole
           where r.rolname = 'schoolgraph_students' and 'log_min_error_statement=panic' = any(s.setconfig)) as logs
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    );
    const [{ version, may, logs } = { version: 0, may: false, logs: false }] = rows;
    if (version < OLDEST_SERVER)
      throw new Error(`Expected PostgreSQL ${OLDEST_SERVER} or newer at DATABASE_URL, found ${version}.`);
    if (!may)
      throw new Error(
        'The user of DATABASE_URL needs CREATEROLE and must own its database, to make roles and say who may connect.',
      );
    return logs ? [LOGGING] : [];
  } finally {
    await client.end();
  }
}
