/** The files that a command is given, and those that are committed. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ManifestFile } from '../operations/persisted/manifest.ts';

const SCHEMA = fileURLToPath(new URL('../../schema/', import.meta.url));
const OWN_SUPERGRAPH = join(SCHEMA, 'supergraph.graphql');
const COMMITTED = join(SCHEMA, 'operations');

/** `calledFrom`: the folder that names are meant from. */
export function readFiles(names: readonly string[], calledFrom: string): ManifestFile[] {
  return names.map((path) => ({ path, content: read(resolve(calledFrom, path), path) }));
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
        const files = names.map((name) => ({
          path: `schema/operations/${client}/${name}`,
          content: read(join(COMMITTED, client, name), name),
        }));
        return [client, files];
      }),
  );

function read(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`Could not read ${shown} (${(error as NodeJS.ErrnoException).code}).`);
  }
}
