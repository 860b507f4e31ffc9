import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** False for a process that has ended but was not reaped: common where process 1 of a container is no init. */
export function isRunning(pid: number): boolean {
  if (!pidIsTaken(pid)) return false;
  const state = linuxStat(pid)?.[0];
  return state !== 'Z' && state !== 'X';
}

/** What PostgreSQL itself asks of the process id in a lock file: is there anything of that number, dead or alive? */
export function pidIsTaken(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Tells a process from a later one that was given the same number (in a container that restarts, the usual case).
 * Undefined where the system does not say.
 */
export function whenStarted(pid: number): string | undefined {
  if (process.platform === 'win32') return undefined;
  if (process.platform !== 'linux') return processStatus(pid, 'lstart');
  const ticksSinceBoot = linuxStat(pid)?.[19];
  const boot = readText('/proc/sys/kernel/random/boot_id')?.trim();
  return ticksSinceBoot && `${boot}/${ticksSinceBoot}`;
}

/** The words that the process was started with; empty where the system does not say. */
export function commandLine(pid: number): string[] {
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`)?.split('\0') ?? [];
  if (process.platform === 'win32') return [];
  // `ps` joins the words with blanks, so a path with a blank comes in pieces: the whole line stands beside them.
  const line = processStatus(pid, 'command') ?? '';
  const folder = line.match(/ -D (.+?) -p \d+/)?.[1];
  return [...line.split(' '), ...(folder ? [folder] : [])];
}

/** The fields of /proc/<pid>/stat from the third on (proc(5)): the second is a name that may hold blanks and brackets. */
function linuxStat(pid: number): string[] | undefined {
  const text = process.platform === 'linux' ? readText(`/proc/${pid}/stat`) : undefined;
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function processStatus(pid: number, column: string): string | undefined {
  try {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { env, encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
