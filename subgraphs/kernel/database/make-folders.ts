import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the folder and those above it, one after the other; true where it was not there. Throws the system's error.
 *
 * Not `recursive`: where nobody can make a folder the system may answer ENOENT, as Linux does under /proc. Node takes
 * that for a folder above that is missing, finds it, and begins anew for ever.
 */
export function makeFolders(folder: string): boolean {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return false;
  if (!found && dirname(folder) !== folder) makeFolders(dirname(folder));
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    // another process may have made it in the same moment
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return false;
    throw error;
  }
}
