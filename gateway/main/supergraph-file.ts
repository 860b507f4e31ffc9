import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

export async function readSupergraphFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`Could not read ${path} (${code}): expected a file with a composed supergraph.`);
  }
}

/** Names a content in the log, as `sha256sum` does. */
export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 12);

/** Changes with every write, also one that keeps the time of another file; null where there is no file. */
export async function stampOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found && [found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ');
}
