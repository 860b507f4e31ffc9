/**
 * The root type has the name of the supergraph's in a plan, and in a subgraph it may have another
 * (`schema { query: query_root }`). Whatever is asked at the root is of the root's type, and need not name it.
 */
import type { FetchNode } from '@apollo/query-planner';
import { Kind, print, type SelectionNode } from 'graphql';
import { readOperation } from './entity-selections.ts';

/** The call without type conditions at its root. */
export function withBareRoot(fetch: FetchNode): FetchNode {
  if (fetch.requires || !fetch.operation.includes('...')) return fetch;
  const operation = readOperation(fetch.operation);
  const { selections } = operation.selectionSet;
  if (selections.every(({ kind }) => kind === Kind.FIELD)) return fetch;
  return { ...fetch, operation: print({ ...operation, selectionSet: setOf(selections.map(bare)) }) };
}

function bare(selection: SelectionNode): SelectionNode {
  if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
  const { kind, directives = [], selectionSet } = selection;
  return { kind, directives, selectionSet: setOf(selectionSet.selections.map(bare)) };
}

const setOf = (selections: readonly SelectionNode[]) => ({ kind: Kind.SELECTION_SET, selections }) as const;
