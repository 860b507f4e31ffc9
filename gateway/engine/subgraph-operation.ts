/** What a subgraph is asked. */
import type { AnswerShape } from './answer-shape.ts';

/** Written out, or compiled. */
export type SubgraphOperation = WrittenOperation | ReadyOperation;

/** Ready to be sent. */
export interface ReadyOperation extends RequestTexts {
  /** JSON text. */
  variables: string;
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
interface RequestTexts {
  query: string;
  operationName?: string | undefined;
  /** Both as the beginning of the request's JSON text: `{"query":"…","operationName":"…","variables":`. */
  head: string;
}

export const requestTexts = (query: string, operationName?: string): RequestTexts => ({
  query,
  operationName,
  head: `{"query":${JSON.stringify(query)},${operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`}"variables":`,
});

export interface WrittenOperation {
  query: string;
  operationName?: string | undefined;
  variables?: Readonly<Record<string, unknown>>;
  isQuery?: boolean;
  shape?: AnswerShape;
}

export function readied(operation: SubgraphOperation): ReadyOperation {
  if ('head' in operation) return operation;
  const { query, operationName, variables = {}, isQuery = false, shape } = operation;
  const { representations } = variables;
  return {
    ...requestTexts(query, operationName),
    variables: JSON.stringify(variables),
    entities: Array.isArray(representations) ? representations.length : null,
    isQuery,
    ...(shape && { shape }),
  };
}
