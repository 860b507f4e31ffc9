/** Relay connections with keyset cursors. A cursor is the id of the row it points at: no value, no position, no count. */

import { Refused } from './errors.ts';
import { decodeId, encodeId, type IdKind } from './ids.ts';

const DEFAULT_FIRST = 20;
const MOST_FIRST = 100;

/** What a list's cursors are of. A school has no UUID: its URN, which is public, names the row. */
type CursorKind = IdKind | 'School';

const SCHOOL_CURSOR = /^sch_(\d{5,6})$/;

const encodeCursor = (kind: CursorKind, id: string): string => (kind === 'School' ? `sch_${id}` : encodeId(kind, id));

const decodeCursor = (kind: CursorKind, cursor: string): string | null =>
  kind === 'School' ? (SCHOOL_CURSOR.exec(cursor)?.[1] ?? null) : decodeId(kind, cursor);

export interface PageArguments {
  first?: number | null | undefined;
  after?: string | null | undefined;
}

export interface Page {
  first: number;
  /** UUID (a school's: URN) of the row after which the page begins, or null. */
  after: string | null;
}

export interface Connection<Node> {
  nodes: Node[];
  edges: { cursor: string; node: Node }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

/** Throws Refused BAD_USER_INPUT for a `first` outside 1 to 100 and a cursor that is none of this list's. */
export function pageOf(kind: CursorKind, { first, after }: PageArguments): Page {
  const size = first ?? DEFAULT_FIRST;
  if (!Number.isInteger(size) || size < 1 || size > MOST_FIRST)
    throw new Refused('BAD_USER_INPUT', `"first" must be a whole number from 1 to ${MOST_FIRST}.`);
  if (after === null || after === undefined) return { first: size, after: null };
  const id = decodeCursor(kind, after);
  if (id === null) throw refusedCursor();
  return { first: size, after: id };
}

export const refusedCursor = (): Refused =>
  new Refused('BAD_USER_INPUT', '"after" must be an endCursor that this list has given, and whose row is still there.');

/** Builds the connection from one row more than was asked for: `rows` holds up to `first + 1`. */
export function connectionOf<Row extends { id: string }>(
  kind: CursorKind,
  rows: readonly Row[],
  page: Page,
): Connection<Row> {
  const nodes = rows.slice(0, page.first);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(kind, node.id), node }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: rows.length > page.first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}
