/**
 * Calls subgraphs over HTTP/1.1: kept-alive connections, a limit to time and size, a circuit breaker for each. Redirects
 * are not followed: where a subgraph is, is configuration, and not the subgraph's to say.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { SubgraphTransport } from '../engine.ts';
import type { ReadOptions } from './answer-rules.ts';
import { CIRCUIT, type CircuitSettings, createCircuit, type ObserveCircuit } from './circuit-breaker.ts';
import { createSubgraphClient } from './subgraph-client.ts';
import { type CallLimits, MAX_ANSWER_BYTES } from './time-limit.ts';

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

/** One look at all calls is less work than a timer and a listener for each. */
const LOOK_EVERY_MS = 20;

export function createHttpTransport(options: HttpTransportOptions): HttpTransport {
  const { urls, timeoutMs, circuit = CIRCUIT, onCircuit } = options;
  const { maxBytes = MAX_ANSWER_BYTES, readsErrorStatuses = false } = options;
  const clients = new Map(
    Object.entries(urls).map(([name, url]) => {
      const limits = { timeoutMs, maxBytes, readsErrorStatuses };
      return [name, createSubgraphClient(name, url, { ...limits, circuit: createCircuit(name, circuit, onCircuit) })];
    }),
  );
  // looks are of no request, whichever is the first
  const outside = AsyncLocalStorage.snapshot();
  let looks: NodeJS.Timeout | null = null;
  const stopLooking = (): void => {
    if (looks) clearInterval(looks);
    looks = null;
  };
  const look = (): void => {
    let isNeeded = false;
    for (const client of clients.values()) isNeeded = client.look() || isNeeded;
    if (!isNeeded) stopLooking();
  };
  return {
    call(name, request, signal) {
      const client = clients.get(name);
      if (!client) return Promise.reject(new Error(`The supergraph names a subgraph whose URL is not known: ${name}.`));
      looks ??= outside(() => setInterval(look, LOOK_EVERY_MS));
      return client.call(request, signal);
    },
    async close() {
      for (const client of clients.values()) client.close();
      stopLooking();
    },
  };
}
