import { join } from 'node:path';
import { ensureCluster } from './cluster.ts';
import { takeOwnership } from './owner.ts';
import { stopLeftover } from './postmaster.ts';
import { installedPrograms, runnablePrograms } from './programs.ts';
import { HOME, prepareHome } from './reachable-folder.ts';
import { launchServer } from './server.ts';
import { serverAccount } from './server-account.ts';

interface EmbeddedPostgresOptions {
  /** Made where it is missing, e.g. `.data/postgres`. Holds the cluster, and beside it password, log and owner file. */
  dataFolder: string;
  /** False for tests only: faster, but a crash of the machine may lose the data. */
  durable?: boolean;
  /** 100 where it is not said. */
  maxConnections?: number;
  /** Told, in single lines, what takes time. */
  log?: (line: string) => void;
}

export interface EmbeddedPostgres {
  /** `postgres://schoolgraph:<password>@127.0.0.1:<port>/postgres`: the superuser's. */
  url: string;
  port: number;
  /** Where the data really is: not always where it was wanted, see `notes`. */
  dataFolder: string;
  /** Sentences for the person who started it. */
  notes: string[];
  /** Returns when the server has ended. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a PostgreSQL server of our own on a free port of the loopback interface, from the programs that npm installed.
 * One process may use a data folder at a time; a server that a killed process left behind is stopped first.
 * Every failure is an Error that says what was expected, what came, and what to do.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { log = () => undefined, durable = true, maxConnections = 100 } = options;
  const account = serverAccount();
  const { folder: home, notes } = prepareHome(options.dataFolder, account);
  const release = takeOwnership(home);
  try {
    const place = { home, account, durable, programs: runnablePrograms(installedPrograms(), account) };
    await stopLeftover(join(home, HOME.data), place.programs.pgCtl, log);
    const password = await ensureCluster(place, log);
    const { url, port, stop } = await launchServer(place, password, settings(durable, maxConnections));
    log(`PostgreSQL listens on 127.0.0.1:${port}, its data is in ${home}`);
    return { url, port, dataFolder: home, notes, stop: () => stop().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

/** Given on the command line at every start, so that a change here reaches clusters that exist. */
function settings(durable: boolean, maxConnections: number): string[] {
  return [
    'listen_addresses=127.0.0.1',
    // No socket file: its path may have 107 bytes only, and nobody needs it.
    'unix_socket_directories=',
    `max_connections=${maxConnections}`,
    'shared_buffers=128MB',
    'timezone=UTC',
    'log_timezone=UTC',
    // A failing statement and the details of its error hold personal data, which belongs in no log.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    ...(durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
}
