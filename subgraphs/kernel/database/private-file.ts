/** Files that only the person who runs the graph may read: secrets, and where the running one is reached. */
import { randomBytes } from 'node:crypto';
import { chmodSync, linkSync, lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { makeFolders } from './make-folders.ts';

/** Others may pass through, as PostgreSQL does where it runs as a user of its own; they can't look around. */
export function makeDataFolder(folder: string): void {
  try {
    if (makeFolders(folder)) chmodSync(folder, 0o711);
  } catch (error) {
    const found = codeOf(error) === 'EEXIST' ? 'something that is no folder is in its place' : codeOf(error);
    throw new Error(`Could not make the folder ${folder} (${found}). Choose another DATA_DIR.`);
  }
}

/** The file's text, or null where there is none. */
export function readPrivateFile(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw new Error(
      `Could not read ${file} (${codeOf(error)}). Run this as the user who made it, or choose another DATA_DIR.`,
    );
  }
}

/** Whole or not at all, in place of what was there. */
export const writePrivateFile = (file: string, text: string): void =>
  write(file, text, (written) => renameSync(written, file));

/** Whole or not at all; false where there is one already, which stays as it is. */
export function createPrivateFile(file: string, text: string): boolean {
  let made = true;
  write(file, text, (written) => {
    try {
      linkSync(written, file);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
      made = false;
    }
  });
  return made;
}

function write(file: string, text: string, place: (written: string) => void): void {
  const written = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(written, text, { mode: 0o600, flag: 'wx', flush: true });
    place(written);
  } catch (error) {
    throw new Error(
      `Could not write ${file} (${codeOf(error)}). Run this as the folder's owner, or choose another DATA_DIR.`,
    );
  } finally {
    rmSync(written, { force: true });
  }
}

/** Takes from others what they may do with the file. True where they could do something until now. */
export function tighten(file: string): boolean {
  const { mode } = lstatSync(file);
  if (process.platform === 'win32' || (mode & 0o077) === 0) return false;
  try {
    chmodSync(file, 0o600);
    return true;
  } catch (error) {
    throw new Error(
      `Expected only the owner to be allowed to read ${file}, and could not make it so (${codeOf(error)}). ` +
        `Run "chmod 600" on it as its owner.`,
    );
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);
