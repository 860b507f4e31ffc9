/** The picture and the same as a table, drawn once for each graph. */
import type { Supergraph } from '../../supergraph/supergraph.ts';
import { keptFor } from '../kept-for.ts';
import { type OwnedType, readOwnership } from './ownership.ts';
import { drawGraph } from './picture.ts';

interface TableRow extends Pick<OwnedType, 'name' | 'kind' | 'keys'> {
  /** For each subgraph, the fields that it serves. */
  cells: string[];
}

interface GraphPage {
  /** SVG. */
  picture: string;
  counts: { types: number; subgraphs: number };
  subgraphs: string[];
  types: TableRow[];
}

export const graphPage = (): ((supergraph: Supergraph) => GraphPage) => keptFor(read);

function read({ document }: Supergraph): GraphPage {
  const ownership = readOwnership(document);
  const { subgraphs, types } = ownership;
  return {
    picture: drawGraph(ownership),
    counts: { types: types.length, subgraphs: subgraphs.length },
    subgraphs,
    types: types.map((type) => ({
      name: type.name,
      kind: type.kind,
      keys: type.keys,
      cells: subgraphs.map((subgraph) => cellOf(type, subgraph)),
    })),
  };
}

function cellOf({ owners, fields }: OwnedType, subgraph: string): string {
  if (!owners.includes(subgraph)) return '';
  if (fields.length === 0) return 'yes';
  return fields
    .filter((field) => field.owners.includes(subgraph))
    .map(({ name }) => name)
    .join(', ');
}
