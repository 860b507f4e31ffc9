/** The requests that have begun and are not answered yet. */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

interface RequestsInFlight {
  /** To be called for each request of the graph when it begins. */
  begin(response: ServerResponse): void;
  /** Resolves when each request that has begun by now is answered, or its client has gone away. */
  answered(): Promise<void>;
  /** Whether no new connections are taken: a kept one is of no use to its client any more. */
  isClosing(): boolean;
}

export function followRequests(server: FastifyInstance): RequestsInFlight {
  let isClosing = false;
  server.addHook('preClose', async () => {
    isClosing = true;
  });
  const inFlight = new Set<ServerResponse>();
  const begin = (response: ServerResponse): void => {
    inFlight.add(response);
    response.once('close', () => inFlight.delete(response));
  };
  server.addHook('onRequest', async (_request, { raw }) => begin(raw));
  return {
    begin,
    async answered() {
      await Promise.all([...inFlight].map((response) => new Promise((resolve) => response.once('close', resolve))));
    },
    isClosing: () => isClosing,
  };
}
