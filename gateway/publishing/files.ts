/** The files that a command is given, and those that are committed. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ManifestFile } from '../operations/persisted/manifest.ts';

const SCHEMA = fileURLToPath(new URL('../../schema/', import.meta.url));
const OWN_SUPERGRAPH = join(SCHEMA, 'supergraph.graphql');
const COMMITTED = join(SCHEMA, 'operations');

export const NO_OPERATION = 'Expected an operation: the files have none.';

/** `calledFrom`: the folder that names are meant from. A file that is named twice is one. */
export function readFiles(names: readonly string[], calledFrom: string): ManifestFile[] {
  const byPlace = new Map(names.map((path) => [resolve(calledFrom, path), path]));
  return [...byPlace].map(([place, path]) => ({ path, folder: dirname(place), content: read(place, path) }));
}

export const readSupergraphFile = (name: string | undefined, calledFrom: string): string =>
  name === undefined ? read(OWN_SUPERGRAPH, 'schema/supergraph.graphql') : read(resolve(calledFrom, name), name);

/** By client: every file of its folder. */
export const committedFiles = (): Map<string, ManifestFile[]> =>
  new Map(
    readdirSync(COMMITTED, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name: client }) => {
        const names = readdirSync(join(COMMITTED, client)).sort();
        const files = names.map((name) => {
          const path = `schema/operations/${client}/${name}`;
          return { path, content: read(join(COMMITTED, client, name), path) };
        });
        return [client, files];
      }),
  );

/** With replacements a text would be another than its author's. A byte order mark is taken off. */
const UTF8 = new TextDecoder('utf-8', { fatal: true });

function read(path: string, shown: string): string {
  const bytes = bytesOf(path, shown);
  try {
    return UTF8.decode(bytes);
  } catch {
    throw new Error(`Expected ${shown} to be in UTF-8: save it in that.`);
  }
}

function bytesOf(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new Error(`Could not read ${shown} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
