/** One call over a kept connection, without the streams and promises that a reader of any body would need. */
import { type Dispatcher, errors, type Pool } from 'undici';
import type { SealedRequest } from '../../../subgraphs/kernel/envelope.ts';
import type { SubgraphAnswer } from '../engine.ts';
import { abortedCode, SubgraphCallFailed } from './call-failed.ts';
import { createIncomingAnswer, type ReadOptions } from './read-answer.ts';

interface DispatchOptions extends ReadOptions {
  timeoutMs: number;
  signal: AbortSignal;
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** Rejects with SubgraphCallFailed, in time: nobody waits longer for what does not come. */
export function dispatch(
  subgraph: string,
  { pool, path }: { pool: Pool; path: string },
  { method, headers, body }: SealedRequest,
  { timeoutMs, signal, ...options }: DispatchOptions,
): Promise<SubgraphAnswer> {
  return new Promise((resolve, reject) => {
    const incoming = createIncomingAnswer(subgraph, options);
    let controller: Dispatcher.DispatchController | undefined;
    let isOver = false;
    const over = (): boolean => {
      if (isOver) return false;
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      return true;
    };
    const fail = (failure: SubgraphCallFailed): void => {
      if (!over()) return;
      reject(failure);
      // closes the connection: what is left of the answer is not read
      controller?.abort(failure);
    };
    const onAbort = (): void => fail(new SubgraphCallFailed(subgraph, abortedCode(signal)));
    const timer = setTimeout(() => fail(new SubgraphCallFailed(subgraph, 'TIMEOUT')), timeoutMs);
    signal.addEventListener('abort', onAbort);
    const step = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        fail(asFailure(subgraph, error));
      }
    };
    if (signal.aborted) return onAbort();
    const request = { path, method, headers: { accept: ACCEPT, ...headers, 'accept-encoding': 'identity' }, body };
    step(() =>
      pool.dispatch(request, {
        onRequestStart(started) {
          controller = started;
          if (isOver) started.abort(new SubgraphCallFailed(subgraph, 'ABANDONED'));
        },
        onResponseStart: (_controller, status, received) => step(() => incoming.begin(status, received)),
        onResponseData: (_controller, chunk) => {
          if (!isOver) step(() => incoming.add(chunk));
        },
        onResponseEnd: () => {
          if (over()) resolve(incoming.end());
        },
        onResponseError: (_controller, error) => fail(asFailure(subgraph, error)),
      }),
    );
  });
}

const asFailure = (subgraph: string, cause: unknown): SubgraphCallFailed =>
  cause instanceof SubgraphCallFailed
    ? cause
    : new SubgraphCallFailed(subgraph, 'UNREACHABLE', { cause, wasStale: wasStale(cause) });

/** The other side closed a connection that had served before, and said nothing to this request. */
const wasStale = (error: unknown): boolean => error instanceof errors.SocketError && (error.socket?.bytesRead ?? 0) > 0;
