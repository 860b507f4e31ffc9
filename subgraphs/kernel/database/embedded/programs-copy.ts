import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { claimFolder } from './reachable-folder.ts';

/**
 * Copies PostgreSQL's programs to a folder that every user can read. What is there already stays, so that this also
 * mends a copy which was broken off, or thinned out by a cleaner of the temporary folder.
 */
export function copyPrograms(from: string, to: string): void {
  claimFolder(to, 0o755);
  copyFolder(from, to);
  restoreLinks(from, to);
}

function copyFolder(from: string, to: string): void {
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      mkdirSync(target, { recursive: true });
      // Said apart from mkdir, whose mode the umask cuts: so does an installation's, which is why none is taken over.
      chmodSync(target, 0o755);
      copyFolder(source, target);
    } else if (entry.isSymbolicLink()) {
      makeLink(readlinkSync(source), target);
    } else {
      copyFile(source, target, basename(from) === 'bin' ? 0o755 : 0o644);
    }
  }
}

/** By renaming, so that a file is there entirely or not at all, also when two starts copy at once. */
function copyFile(source: string, target: string, mode: number): void {
  if (existsSync(target) && lstatSync(target).size === lstatSync(source).size) return;
  const unfinished = `${target}.${process.pid}`;
  copyFileSync(source, unfinished);
  chmodSync(unfinished, mode);
  renameSync(unfinished, target);
}

/** npm packages can't hold links: the platform package makes them after installing, unless scripts were forbidden. */
function restoreLinks(from: string, to: string): void {
  const list = join(from, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    makeLink(relative(dirname(target), source), join(to, relative('native', target)));
  }
}

function makeLink(points: string, at: string): void {
  try {
    symlinkSync(points, at);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
