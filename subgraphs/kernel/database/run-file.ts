/** `run.json` in the data folder of a running standalone: how the commands beside it reach its database. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, whenStarted } from './embedded/running-process.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';

interface Running {
  pid: number;
  /** The administrator's URL. */
  databaseUrl: string;
  /** Null until it answers. */
  port: number | null;
}

interface RunFile extends Running {
  /** Tells the process from a later one of the same number; null where the system does not say. */
  started: string | null;
}

const fileOf = (dataDir: string): string => join(dataDir, 'run.json');

/** The graph that runs on this data folder, or null: what a process that has ended left behind does not count. */
export function findRunning(dataDir: string): Running | null {
  const found = parse(readPrivateFile(fileOf(dataDir)));
  if (!found || !isRunning(found.pid)) return null;
  const isAnother = found.started !== null && found.started !== startOf(found.pid);
  return isAnother ? null : { pid: found.pid, databaseUrl: found.databaseUrl, port: found.port };
}

/** Says that this process is the one that runs. */
export function announceRunning(dataDir: string, { databaseUrl, port }: Omit<Running, 'pid'>): void {
  const run: RunFile = { pid: process.pid, started: startOf(process.pid), databaseUrl, port };
  writePrivateFile(fileOf(dataDir), `${JSON.stringify(run, null, 2)}\n`);
}

/** Takes back what this process announced, and nobody else's word. */
export function retractRunning(dataDir: string): void {
  if (parse(readPrivateFile(fileOf(dataDir)))?.pid === process.pid) rmSync(fileOf(dataDir), { force: true });
}

const startOf = (pid: number): string | null => whenStarted(pid) ?? null;

function parse(text: string | null): RunFile | null {
  try {
    const found = JSON.parse(text ?? 'null') as RunFile | null;
    return found && Number.isInteger(found.pid) && typeof found.databaseUrl === 'string' ? found : null;
  } catch {
    return null;
  }
}
