/** Where a run's PostgreSQL lies, and that nothing of it stays: not after Ctrl-C, nor, from the next run on, after a kill. */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../subgraphs/kernel/database/embedded/embedded-postgres.ts';
import { isRunning } from '../../subgraphs/kernel/database/embedded/running-process.ts';

const NAME = /^schoolgraph-test-(?<pid>\d+)-/;

export const newRunFolder = (): string => join(tmpdir(), `schoolgraph-test-${process.pid}-${randomUUID()}`);

/** On Ctrl-C the server is told to stop as the process exits; its files can go once it is gone. */
export function removeAtExit(folder: string): void {
  process.on('exit', () => {
    for (const deadline = Date.now() + 3_000; Date.now() < deadline && holdsServer(folder); ) pause(20);
    removeFolder(folder);
  });
}

/** Stops the servers and removes the files of runs that were killed. */
export async function clearKilledRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(NAME.exec(name)?.groups?.pid);
    if (!pid || isRunning(pid)) continue;
    const folder = join(tmpdir(), name);
    // Starting on the folder stops what was left running there; another run may be clearing it too.
    if (holdsServer(folder)) await startEmbeddedPostgres({ dataFolder: folder, durable: false }).then(stop, ignore);
    removeFolder(folder);
  }
}

const stop = (server: { stop(): Promise<void> }) => server.stop();
const ignore = () => undefined;

const holdsServer = (folder: string): boolean => existsSync(join(folder, 'cluster', 'postmaster.pid'));

function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 50 });
  } catch {
    // The next run tries again.
  }
}

/** Without giving up the thread: an exiting process takes no more turns. */
const pause = (milliseconds: number): void =>
  void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
