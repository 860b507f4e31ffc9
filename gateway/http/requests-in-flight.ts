/** The requests that have begun and are not answered yet. */
import type { FastifyInstance } from 'fastify';

interface RequestsInFlight {
  /** For a request of the graph. What it returns is to be called when it is answered, or its client has gone away. */
  begin(): () => void;
  /** Resolves when each request that has begun by now is answered, or its client has gone away. */
  answered(): Promise<void>;
  /** Whether no new connections are taken: a kept one is of no use to its client any more. */
  isClosing(): boolean;
}

/** Those of the server's routes are followed by themselves. */
export function followRequests(server: FastifyInstance): RequestsInFlight {
  let isClosing = false;
  server.addHook('preClose', async () => {
    isClosing = true;
  });
  const inFlight = new Set<{ waiting: (() => void)[] }>();
  const begin = (): (() => void) => {
    const request = { waiting: [] as (() => void)[] };
    inFlight.add(request);
    return () => {
      inFlight.delete(request);
      for (const resolve of request.waiting) resolve();
    };
  };
  server.addHook('onRequest', async (_request, { raw }) => void raw.once('close', begin()));
  return {
    begin,
    async answered() {
      await Promise.all([...inFlight].map(({ waiting }) => new Promise<void>((resolve) => waiting.push(resolve))));
    },
    isClosing: () => isClosing,
  };
}
