/** How the engine reaches a subgraph: every call sealed for its caller, over whatever transport stands behind. */
import { randomUUID } from 'node:crypto';
import type { SealedRequest, Sealer } from '../../subgraphs/kernel/envelope.ts';
import type { EngineRequest, SubgraphTransport } from './engine.ts';
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
  const ask = sealer ? createSignedAsk(sealer, transport) : createPlainAsk(transport);
  return async (subgraph, asked, request) => {
    const operation = readied(asked);
    try {
      const { hidden, ...result } = await askAgainIfStale(() => ask(subgraph, operation, request), operation);
      for (const each of hidden) request.hidden.push(each);
      return result;
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

/** Throws SubgraphCallFailed. */
type Ask = (subgraph: string, operation: ReadyOperation, request: EngineRequest) => Promise<ReadResult>;

/** A change is never sent twice: the connection may have been closed after it was done. */
async function askAgainIfStale(ask: () => Promise<ReadResult>, { isQuery }: ReadyOperation): Promise<ReadResult> {
  try {
    return await ask();
  } catch (error) {
    if (isQuery && error instanceof SubgraphCallFailed && error.wasStale) return ask();
    throw error;
  }
}

function createSignedAsk(sealer: Sealer, transport: SubgraphTransport): Ask {
  return async (subgraph, operation, { caller, grants, signal, operation: of }) => {
    const extensions = { operation: of, ...(grants.length > 0 && { grants }) };
    const body = `${operation.request},"extensions":${JSON.stringify(extensions)}}`;
    const { status, body: text } = await transport.call(subgraph, sealer.seal(subgraph, caller, body), signal);
    const result = status === 200 ? readResult(text, operation) : null;
    if (!result) throw new SubgraphCallFailed(subgraph, 'INVALID_ANSWER');
    return result;
  };
}

const JSON_BODY = { 'content-type': 'application/json' };

function createPlainAsk(transport: SubgraphTransport): Ask {
  return async (subgraph, operation, { signal }) => {
    const request: SealedRequest = {
      method: 'POST',
      path: '/',
      headers: JSON_BODY,
      body: `${operation.request}}`,
    };
    const result = readResult((await transport.call(subgraph, request, signal)).body, operation);
    if (!result) throw new SubgraphCallFailed(subgraph, 'INVALID_ANSWER');
    const errors = result.errors.map(({ extensions: { code } = {}, ...error }) => ({
      ...error,
      ...(typeof code === 'string' && { extensions: { code } }),
    }));
    return { ...result, errors, hidden: [] };
  };
}
