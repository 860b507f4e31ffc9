import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { type Place, SUPERUSER } from './cluster.ts';
import { readPostmaster, sendSignal, shutDown } from './postmaster.ts';
import { HOME } from './reachable-folder.ts';
import { asAccount, programEnvironment } from './server-account.ts';

/** Long, as the recovery after a crash comes before the first connection. */
const START_TIMEOUT = 60_000;

interface Server {
  port: number;
  url: string;
  stop(): Promise<void>;
}

/**
 * Starts the server on a port of the loopback interface: the one it had before, where that is free, as other processes may
 * be waiting for it there. Resolves when it answers a query.
 */
export async function launchServer(place: Place, password: string, settings: string[]): Promise<Server> {
  const log = join(place.home, HOME.log);
  if (existsSync(log)) renameSync(log, join(place.home, HOME.previousLog));
  for (let attempt = 1; ; attempt++) {
    const wanted = attempt === 1 ? portBefore(place) : 0;
    const port = (await freePort(wanted)) ?? (await freePort(0));
    if (port === null) throw new Error('Expected a free port on 127.0.0.1 for PostgreSQL, found none.');
    const server = spawnServer(place, port, settings);
    const url = `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/postgres`;
    try {
      await untilReady(server.child, join(place.home, HOME.data), url);
      writeFileSync(join(place.home, HOME.port), `${port}\n`, { mode: 0o600 });
      return { port, url, stop: server.stop };
    } catch (error) {
      await server.stop();
      const lines = lastLines(log);
      // Between finding the port and binding it, another program may have taken it.
      if (attempt < 3 && lines.includes('Address already in use')) continue;
      throw new Error(startFailure(error, log, lines), { cause: error });
    }
  }
}

function spawnServer({ home, programs, account }: Place, port: number, settings: string[]) {
  const log = openSync(join(home, HOME.log), 'a', 0o600);
  const flags = settings.flatMap((setting) => ['-c', setting]);
  const child = spawn(programs.postgres, ['-D', join(home, HOME.data), '-p', String(port), ...flags], {
    ...asAccount(account),
    cwd: home,
    env: programEnvironment(),
    // A session of its own: Ctrl-C in the terminal reaches us only, and requests can drain before the database goes.
    detached: true,
    windowsHide: true,
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  child.unref();
  child.on('error', () => undefined); // untilReady tells of it
  return { child, stop: stopOnce(child, programs.pgCtl) };
}

/** Stops the server when called, or, as a last resort, when this process exits without having called it. */
function stopOnce(child: ChildProcess, pgCtl: string): () => Promise<void> {
  const { pid } = child;
  if (pid === undefined) return async () => undefined;
  const onExit = () => sendSignal(pid, 'SIGINT', pgCtl);
  process.on('exit', onExit);
  child.on('exit', () => process.off('exit', onExit));
  let stopped: Promise<void> | undefined;
  return () => {
    stopped ??= hasEnded(child) ? Promise.resolve() : shutDown(pid, pgCtl);
    return stopped.finally(() => process.off('exit', onExit));
  };
}

/**
 * postmaster.pid is asked first: it shows that it is our server which holds the port, and no other program that
 * would then be offered the password.
 */
async function untilReady(child: ChildProcess, data: string, url: string): Promise<void> {
  for (const deadline = Date.now() + START_TIMEOUT; Date.now() < deadline; await sleep(25)) {
    if (child.pid === undefined || hasEnded(child)) throw new Error('the program ended');
    const postmaster = readPostmaster(data);
    if (postmaster?.pid === child.pid && postmaster.ready) return answers(url);
  }
  throw new Error(`it accepted no connection within ${START_TIMEOUT / 1000} s`);
}

async function answers(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select 1');
  } finally {
    await client.end();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function startFailure(error: unknown, log: string, lines: string): string {
  const why = error instanceof Error ? error.message : String(error);
  return (
    `PostgreSQL did not start: ${why}. The last lines of ${log}:\n${lines || '(none)'}\n` +
    'Mend what they name, choose another DATA_DIR, or set DATABASE_URL to a PostgreSQL server.'
  );
}

function lastLines(log: string): string {
  return readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
}

/** 0, any free one, where none is known. */
function portBefore({ home }: Place): number {
  const file = join(home, HOME.port);
  const port = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return Number.isInteger(port) && port >= 1_024 && port <= 65_535 ? port : 0;
}

/** The port where it is free, else null; of 0 one that is. */
async function freePort(wanted: number): Promise<number | null> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<number | null>();
  probe.once('error', () => resolve(null));
  probe.listen(wanted, '127.0.0.1', () => {
    const address = probe.address();
    probe.close(() => resolve(typeof address === 'object' && address ? address.port : null));
  });
  return promise;
}
