/** The subgraphs' schemas as text, in the order of the supergraph. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface SubgraphSchema {
  name: string;
  sdl: string;
}

const SUBGRAPHS = join(import.meta.dirname, '../subgraphs');

/** Every folder of `subgraphs/` that holds a `schema.graphql`. */
export const subgraphSchemas = (): SubgraphSchema[] =>
  readdirSync(SUBGRAPHS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'kernel')
    .map((entry) => ({ name: entry.name, sdl: readFileSync(join(SUBGRAPHS, entry.name, 'schema.graphql'), 'utf8') }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
