/** The requests that have begun and are not answered yet. */
import type { FastifyInstance } from 'fastify';

interface RequestsInFlight {
  /** Resolves when each request that has begun by now is answered, or its client has gone away. */
  answered(): Promise<void>;
}

export function followRequests(server: FastifyInstance): RequestsInFlight {
  const inFlight = new Set<Promise<void>>();
  server.addHook('onRequest', async (_request, { raw }) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    inFlight.add(promise);
    raw.once('close', () => {
      inFlight.delete(promise);
      resolve();
    });
  });
  return {
    async answered() {
      await Promise.all(inFlight);
    },
  };
}
