/** The files of `--operations`. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type ManifestOperation, readManifests } from '../operations/persisted/manifest.ts';
import type { Demands } from '../supergraph/demands.ts';

/** Throws where a file cannot be read or holds anything but operations, naming each, and where the graph keeps lists of its own. */
export async function readOperationFiles(
  paths: readonly string[],
  calledFrom: string,
  { hasGuestRules }: Demands,
): Promise<readonly ManifestOperation[]> {
  if (paths.length > 0 && hasGuestRules)
    throw new Error(
      'This supergraph’s operations are its clients’, in the database: expected no --operations, but "npm run operations -- publish".',
    );
  const files = await Promise.all(paths.map((path) => readOne(resolve(calledFrom, path))));
  const { operations, problems } = readManifests(files);
  if (problems.length > 0) throw new Error(['The operations do not hold:', ...problems].join('\n  '));
  return operations;
}

async function readOne(path: string): Promise<{ path: string; content: string }> {
  try {
    return { path, content: await readFile(path, 'utf8') };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`Could not read ${path} (${code}): expected a file with operations.`);
  }
}
