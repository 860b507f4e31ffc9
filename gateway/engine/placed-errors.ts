/** What subgraphs said went wrong, each at its place in the answer. */
import { GraphQLError } from 'graphql';
import type { SubgraphError } from './subgraph-answer.ts';
import { SubgraphFailed } from './subgraph-failed.ts';

/** From the answer's root. */
export type Path = readonly (string | number)[];

export interface PlacedErrors {
  add(path: Path, error: SubgraphError, subgraph: string): void;
  list(): GraphQLError[];
}

export function createPlacedErrors(): PlacedErrors {
  const placed = new Map<string, GraphQLError>();
  return {
    add(path, error, subgraph) {
      const code = error.extensions?.code ?? 'DOWNSTREAM_SERVICE_ERROR';
      // several calls for one place fail of one cause
      const key = JSON.stringify(code === 'INTERNAL_SERVER_ERROR' ? [code, path] : [placed.size]);
      if (!placed.has(key)) placed.set(key, toGraphQLError(path, error, code, subgraph));
    },
    list: () => [...placed.values()],
  };
}

const toGraphQLError = (path: Path, { message, extensions }: SubgraphError, code: unknown, subgraph: string) =>
  new GraphQLError(message, {
    path,
    extensions: { ...extensions, code },
    originalError: new SubgraphFailed(subgraph, extensions?.code),
  });
