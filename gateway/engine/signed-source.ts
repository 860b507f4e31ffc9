/** How the engine reaches a subgraph: every call sealed for its caller, over whatever transport stands behind. */
import { randomUUID } from 'node:crypto';
import type { SealedRequest, Sealer } from '../../subgraphs/kernel/envelope.ts';
import type { EngineRequest, SubgraphAnswer, SubgraphTransport } from './engine.ts';
import { type ReadResult, readResult, type SubgraphResult } from './subgraph-answer.ts';
import { type ReadyOperation, readied, type SubgraphOperation } from './subgraph-operation.ts';
import { SubgraphCallFailed } from './transport/call-failed.ts';

/** Where the subgraph gave no answer the result has no data and one error, without a place and with an id of the log. */
export type CallSubgraph = (
  subgraph: string,
  operation: SubgraphOperation,
  request: EngineRequest,
) => Promise<SubgraphResult>;

/**
 * Without a sealer calls are plain GraphQL over HTTP, for the subgraphs of a graph without rules of ours: nothing of the
 * caller goes along, and of what they say beside their answer only the codes of errors count.
 */
export function createSubgraphCaller(
  sealer: Sealer | null,
  transport: SubgraphTransport,
  reportError: (id: string, error: unknown) => void,
): CallSubgraph {
  const { write, read } = sealer ? signed(sealer) : PLAIN;
  return tellingFailures(async (subgraph, operation, request) => {
    let answer: SubgraphAnswer;
    try {
      answer = await send(subgraph, operation, request);
    } catch (error) {
      // a change is never sent twice: the connection may have been closed after it was done
      if (!operation.isQuery || !(error instanceof SubgraphCallFailed && error.wasStale)) throw error;
      answer = await send(subgraph, operation, request);
    }
    return read(answer, operation);
  }, reportError);

  function send(subgraph: string, operation: ReadyOperation, request: EngineRequest): Promise<SubgraphAnswer> {
    return transport.call(subgraph, write(subgraph, operation, request), request.signal);
  }
}

/** Null, or a rejection, where the subgraph gave no answer to the operation. */
type AskSubgraph = (subgraph: string, operation: ReadyOperation, request: EngineRequest) => Promise<ReadResult | null>;

/** What comes of a call, however it is made. */
export function tellingFailures(ask: AskSubgraph, reportError: (id: string, error: unknown) => void): CallSubgraph {
  return async (subgraph, asked, request) => {
    try {
      const result = await ask(subgraph, readied(asked), request);
      if (!result) throw new SubgraphCallFailed(subgraph, 'INVALID_ANSWER');
      const { hidden, ...said } = result;
      for (const each of hidden) request.hidden.push(each);
      return said;
    } catch (error) {
      const id = randomUUID();
      // who has gone away needs no answer, and the log no entry
      const failed = asCallFailed(subgraph, error);
      if (failed.code !== 'ABANDONED') reportError(id, failed);
      return { data: null, errors: [{ message: 'No answer.', extensions: { code: 'INTERNAL_SERVER_ERROR', id } }] };
    }
  };
}

const asCallFailed = (subgraph: string, error: unknown): SubgraphCallFailed =>
  error instanceof SubgraphCallFailed ? error : new SubgraphCallFailed(subgraph, 'UNREACHABLE', { cause: error });

/** How calls are written and answers read, of subgraphs that are ours or anybody's. */
interface Manner {
  write(subgraph: string, operation: ReadyOperation, request: EngineRequest): SealedRequest;
  /** Null for what is no answer to the operation. */
  read(answer: SubgraphAnswer, operation: ReadyOperation): ReadResult | null;
}

const signed = (sealer: Sealer): Manner => ({
  write(subgraph, { head, variables }, { caller, grants, operation }) {
    const extensions = { operation, ...(grants.length > 0 && { grants }) };
    return sealer.seal(subgraph, caller, `${head}${variables},"extensions":${JSON.stringify(extensions)}}`);
  },
  read: ({ status, body }, operation) => (status === 200 ? readResult(body, operation) : null),
});

const PLAIN: Manner = {
  write: (_subgraph, { head, variables }) => ({
    method: 'POST',
    path: '/',
    headers: JSON_BODY,
    body: `${head}${variables}}`,
  }),
  read({ body }, operation) {
    const result = readResult(body, operation);
    if (!result || (result.errors.length === 0 && result.hidden.length === 0)) return result;
    const errors = result.errors.map(({ extensions: { code } = {}, ...error }) => ({
      ...error,
      ...(typeof code === 'string' && { extensions: { code } }),
    }));
    return { ...result, errors, hidden: [] };
  },
};

const JSON_BODY = { 'content-type': 'application/json' };
