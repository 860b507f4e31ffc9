/** Names that are ours (of subgraphs, fields, events, routes, codes, clients), said at boot: telemetry writes no other. */

export type NameKind = 'subgraph' | 'field' | 'event' | 'route' | 'code' | 'client';

export interface KnownNames {
  add(kind: NameKind, names: Iterable<string>): void;
  has(kind: NameKind, name: unknown): boolean;
}

/** However often a supergraph is changed while we run: each name may become a time series of its own. */
const MOST_NAMES = 500;

export function createKnownNames(): KnownNames {
  const known: Record<NameKind, Set<unknown>> = {
    subgraph: new Set(),
    field: new Set(),
    event: new Set(),
    route: new Set(),
    code: new Set(),
    client: new Set(),
  };
  return {
    add(kind, names) {
      for (const name of names) if (known[kind].size < MOST_NAMES) known[kind].add(name);
    },
    has: (kind, name) => known[kind].has(name),
  };
}
