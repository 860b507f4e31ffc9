/** The lists of operations that clients are published with, in Apollo's format, from the operations in their folders. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readManifests } from '../gateway/operations/persisted/manifest.ts';

const FOLDER = 'schema/operations';
const ROOT = join(import.meta.dirname, '..');

/** By path, from the project's root. Throws where an operation is no operation. */
export const operationManifests = (): [string, string][] =>
  readdirSync(join(ROOT, FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name: client }) => [
      `${FOLDER}/${client}/persisted-query-manifest.json`,
      manifestOf(`${FOLDER}/${client}`),
    ]);

/** https://www.apollographql.com/docs/graphos/platform/security/persisted-queries#manifest-format */
function manifestOf(folder: string): string {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.graphql'));
  const files = names.map((name) => ({
    path: `${folder}/${name}`,
    content: readFileSync(join(ROOT, folder, name), 'utf8'),
  }));
  const { operations, problems } = readManifests(files);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const sorted = [...operations].sort((one, other) => (one.name < other.name ? -1 : 1));
  const manifest = {
    format: 'apollo-persisted-query-manifest',
    version: 1,
    operations: sorted.map(({ id, name, type, text }) => ({ id, name, type, body: text })),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}
