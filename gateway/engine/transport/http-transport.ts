/**
 * Calls subgraphs over HTTP: kept-alive connections, a limit to time and size, a circuit breaker for each. Redirects are
 * not followed: where a subgraph is, is configuration, and not the subgraph's to say.
 */
import { Pool } from 'undici';
import type { SubgraphTransport } from '../engine.ts';
import { abortedCode, SubgraphCallFailed } from './call-failed.ts';
import { CIRCUIT, type Circuit, type CircuitSettings, createCircuit, type ObserveCircuit } from './circuit-breaker.ts';
import { dispatch } from './dispatch.ts';
import type { ReadOptions } from './read-answer.ts';
import { type CallLimits, MAX_ANSWER_BYTES } from './time-limit.ts';
import { createTurns, type TakeTurn } from './turns.ts';

export interface HttpTransportOptions extends Pick<CallLimits, 'timeoutMs'>, Partial<ReadOptions> {
  /** By the subgraph's name in the supergraph. */
  urls: Readonly<Record<string, string>>;
  circuit?: CircuitSettings;
  onCircuit?: ObserveCircuit;
}

interface HttpTransport extends SubgraphTransport {
  /** Ends calls in flight. */
  close(): Promise<void>;
}

/** Of one subgraph at once. With the size of an answer it limits what is held of them in memory. */
const MAX_CONNECTIONS = 32;

interface Target {
  pool: Pool;
  path: string;
  circuit: Circuit;
  /** One for each connection. */
  takeTurn: TakeTurn;
}

export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { urls, timeoutMs, circuit = CIRCUIT, onCircuit } = options;
  const { maxBytes = MAX_ANSWER_BYTES, readsErrorStatuses = false } = options;
  const targets = new Map(
    Object.entries(urls).map(([name, url]) => [
      name,
      targetOf(url, timeoutMs, createCircuit(name, circuit, onCircuit)),
    ]),
  );
  return {
    async call(name, request, signal) {
      const target = targets.get(name);
      if (!target) throw new Error(`The supergraph names a subgraph whose URL is not known: ${name}.`);
      const send = () => dispatch(name, target, request, { timeoutMs, signal, maxBytes, readsErrorStatuses });
      // a call has all its time from when it has a connection: that many others call says nothing of the subgraph
      return target
        .takeTurn(signal, () => target.circuit(send))
        .catch((error) => {
          throw error instanceof SubgraphCallFailed || !signal.aborted
            ? error
            : new SubgraphCallFailed(name, abortedCode(signal));
        });
    },
    async close() {
      await Promise.all([...targets.values()].map(({ pool }) => pool.destroy()));
    },
  };
}

function targetOf(url: string, timeoutMs: number, circuit: Circuit): Target {
  const { origin, pathname, search } = new URL(url);
  const pool = new Pool(origin, {
    connections: MAX_CONNECTIONS,
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    allowH2: false,
  });
  return { pool, path: pathname + search, circuit, takeTurn: createTurns(MAX_CONNECTIONS) };
}
