import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, isRunning, pidIsTaken } from './running-process.ts';

const PATIENCE = 10_000;

/** What the server says of itself in postmaster.pid. https://www.postgresql.org/docs/18/storage-file-layout.html */
export function readPostmaster(data: string): { pid: number; ready: boolean } | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

/** Stops the server of this very data folder that an earlier process left behind when it was killed. */
export async function stopLeftover(data: string, pgCtl: string, log: (line: string) => void): Promise<void> {
  const pid = readPostmaster(data)?.pid;
  if (pid === undefined) return;
  if (isRunning(pid) && serves(pid, data)) {
    log(`Stopping the PostgreSQL server that an earlier process left behind (process ${pid})`);
    await shutDown(pid, pgCtl);
  } else if (pidIsTaken(pid)) {
    // PostgreSQL takes any process of that number for itself and would refuse to start. Where there is none, it knows
    // that the file is stale, and looks in it for shared memory still in use: so only here is the file removed.
    rmSync(join(data, 'postmaster.pid'), { force: true });
  }
}

/** Stops a server: open transactions are rolled back and connections closed; at once if that takes too long. */
export async function shutDown(pid: number, pgCtl: string): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    sendSignal(pid, signal, pgCtl);
    if (await ended(pid)) return;
  }
  throw new Error(`PostgreSQL (process ${pid}) did not stop within ${(2 * PATIENCE) / 1000} s. End it by hand.`);
}

/** SIGINT asks for a fast shutdown, SIGQUIT for an immediate one. Does not wait. */
export function sendSignal(pid: number, signal: 'SIGINT' | 'SIGQUIT', pgCtl: string): void {
  if (process.platform === 'win32') {
    spawnSync(pgCtl, ['kill', signal.slice(3), String(pid)]);
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function ended(pid: number): Promise<boolean> {
  for (const deadline = Date.now() + PATIENCE; isRunning(pid); await sleep(20)) {
    if (Date.now() > deadline) return false;
  }
  return true;
}

/** The number in postmaster.pid may by now belong to anything, even to the server of another folder. */
function serves(pid: number, data: string): boolean {
  const words = commandLine(pid);
  if (!/^postgres(\.exe)?:?$/.test(basename(words[0] ?? ''))) return false;
  return words.includes(data) || workingFolder(pid) === data;
}

/** A server stands in its data folder, even after that was renamed. Not every container lets root read this. */
function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}
