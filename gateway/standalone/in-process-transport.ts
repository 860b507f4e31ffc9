/** Carries sealed requests to subgraphs that run in this process: the same envelope, and no HTTP. */
import type { RunningSubgraph } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import type { SubgraphAnswer, SubgraphTransport } from '../engine/engine.ts';

export function createInProcessTransport(
  subgraphs: readonly Pick<RunningSubgraph, 'name' | 'handle'>[],
): SubgraphTransport {
  const byName = new Map(subgraphs.map((subgraph) => [subgraph.name, subgraph]));
  return {
    async call(name, request, signal) {
      const subgraph = byName.get(name);
      if (!subgraph) throw new Error(`The supergraph names a subgraph that does not run here: ${name}.`);
      return untilAborted(signal, () => subgraph.handle(request));
    },
  };
}

/** What has begun runs to its end, as its transaction must; but nobody waits for it any more. */
async function untilAborted(signal: AbortSignal, work: () => Promise<SubgraphAnswer>): Promise<SubgraphAnswer> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
