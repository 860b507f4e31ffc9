/** What a subgraph is asked. */
import type { AnswerShape } from './answer-shape.ts';

/** Written out, or compiled. */
export type SubgraphOperation = WrittenOperation | ReadyOperation;

/** Ready to be sent. */
export interface ReadyOperation {
  /** The request's JSON text without its last brace: `{"query":"…","operationName":"…","variables":{…}`. */
  request: string;
  /** It changes nothing, and may be sent a second time. */
  isQuery: boolean;
  /** How many entities it asks for by what represents them; null where it begins at the root. */
  entities: number | null;
  /** Lists and objects where the operation has such. */
  shape?: AnswerShape;
  /** Whether an answer is passed on as it came. */
  passes?: ((text: string) => boolean) | null;
}

/** The part of a request that is the same whatever its variables are. */
export const requestHead = (query: string, operationName?: string): string =>
  `{"query":${JSON.stringify(query)},${operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`}"variables":`;

export interface WrittenOperation {
  query: string;
  operationName?: string | undefined;
  variables?: Readonly<Record<string, unknown>>;
  isQuery?: boolean;
  shape?: AnswerShape;
}

export function readied(operation: SubgraphOperation): ReadyOperation {
  if ('request' in operation) return operation;
  const { query, operationName, variables = {}, isQuery = false, shape } = operation;
  const { representations } = variables;
  return {
    request: requestHead(query, operationName) + JSON.stringify(variables),
    entities: Array.isArray(representations) ? representations.length : null,
    isQuery,
    ...(shape && { shape }),
  };
}
