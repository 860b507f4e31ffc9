/** Carries sealed requests to subgraphs that run in this process: the same envelope, and no HTTP. */
import type { RunningSubgraph } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import type { SubgraphTransport } from '../engine/engine.ts';

export function createInProcessTransport(subgraphs: readonly RunningSubgraph[]): SubgraphTransport {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    async call(name, request, signal) {
      const subgraph = byName.get(name);
      if (!subgraph) throw new Error(`The supergraph names a subgraph that does not run here: ${name}.`);
      signal.throwIfAborted();
      return Promise.race([subgraph.handle(request), abortionOf(signal)]);
    },
  };
}

/** Its transaction runs to its end; but nobody waits for it any more. */
const abortionOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
