/** Reading an answer of the graph in a test. */
import type { Answer } from '../kit/graph.ts';

/** The data of an answer that has some. */
export function dataOf<Data>({ body, text }: Answer): Data {
  if (!body.data) throw new Error(`The answer has no data: ${text.slice(0, 500)}`);
  return body.data as Data;
}

interface Hidden {
  field: string;
  reason: string;
  paths: (string | number)[][];
}

/** What the answer says it withheld. */
export const hiddenIn = ({ body }: Answer): Hidden[] =>
  (body.extensions as { guestAccess?: { hidden: Hidden[] } } | undefined)?.guestAccess?.hidden ?? [];

export const codesOf = ({ body }: Answer): unknown[] => (body.errors ?? []).map(({ extensions }) => extensions.code);
