import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HOME } from './reachable-folder.ts';
import { isRunning, whenStarted } from './running-process.ts';

interface Owner {
  pid: number;
  started?: string | undefined;
}

/**
 * Makes this process the one that uses the folder, until the returned function is called or the process ends.
 * Refuses while another process (or an earlier call in this one) is using it.
 */
export function takeOwnership(home: string): () => void {
  const file = join(home, HOME.owner);
  const mine = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, started: whenStarted(process.pid) }), { mode: 0o600 });
  try {
    // A link is made with its content or not at all, and by one process only.
    while (!linked(mine, file)) {
      const found = readText(file);
      if (found !== undefined) refuseLiveOwner(found, home);
      if (found !== undefined) removeStale(file, found);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  // Once only: by a second call, the file may be another process's.
  let held = true;
  return () => {
    if (held) rmSync(file, { force: true });
    held = false;
  };
}

function refuseLiveOwner(text: string, home: string): void {
  const owner = parseOwner(text);
  if (!owner || !isRunning(owner.pid)) return;
  const started = whenStarted(owner.pid);
  if (owner.started !== undefined && started !== undefined && owner.started !== started) return;
  throw new Error(
    `The database in ${home} is already in use by process ${owner.pid}; stop it, or choose another DATA_DIR.`,
  );
}

/** Another start may have replaced the stale file since it was read: then the new one is put back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}.stale`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (readText(aside) !== stale) linked(aside, file);
  rmSync(aside, { force: true });
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    return JSON.parse(text) as Owner;
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
