/** Which graph is served. Another takes its place whole, once it is ready; one that does not hold changes nothing. */
import { randomUUID } from 'node:crypto';
import type { Graph } from './graph.ts';
import type { ReportError } from './http/mask-errors.ts';
import type { UsedOperation } from './operations/prepared-operations.ts';

interface GraphInUse {
  /** The graph that answers requests which begin now. */
  current(): Graph;
  /** Resolves once the new graph is served. Throws why it is not, and goes on with the last good one. */
  reload(sdl: string): Promise<void>;
  close(): Promise<void>;
}

interface GraphInUseDeps {
  first: Graph;
  create(sdl: string): Promise<Graph>;
  /** Makes it ready for what the one before was asked for. */
  warmUp?(used: readonly UsedOperation[], graph: Graph): Promise<void>;
  /** From now on requests are answered by it; those that have begun keep the one that they were validated by. */
  serve(graph: Graph): void;
  /** Resolves when each request that has begun by now is answered. */
  answered(): Promise<void>;
  /** Told where a graph that is no longer served could not be closed. */
  reportError: ReportError;
}

export function createGraphInUse({ first, create, warmUp, serve, answered, reportError }: GraphInUseDeps): GraphInUse {
  let current = first;
  let last: Promise<void> = Promise.resolve();
  const replaced = new Set<Graph>();
  const dispose = async (graph: Graph): Promise<void> => {
    if (replaced.delete(graph)) await graph.close();
  };
  const swap = async (sdl: string): Promise<void> => {
    const next = await create(sdl);
    try {
      await warmUp?.(current.recent(), next);
      serve(next);
    } catch (error) {
      await next.close();
      throw error;
    }
    const old = current;
    current = next;
    replaced.add(old);
    answered()
      .then(() => dispose(old))
      .catch((error: unknown) => reportError(randomUUID(), error));
  };
  return {
    current: () => current,
    // one after the other, so that the last one asked for is the one that stays
    reload(sdl) {
      const done = last.then(() => swap(sdl));
      last = done.catch(() => {});
      return done;
    },
    async close() {
      await last;
      await Promise.all([...[...replaced].map(dispose), current.close()]);
    },
  };
}
