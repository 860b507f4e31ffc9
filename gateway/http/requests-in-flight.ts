/** The requests that have begun and are not answered yet. */
import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

interface RequestsInFlight {
  /** To be called for each request when it begins. */
  begin(response: ServerResponse): void;
  /** Resolves when each request that has begun by now is answered, or its client has gone away. */
  answered(): Promise<void>;
}

export function createRequestsInFlight(): RequestsInFlight {
  const inFlight = new Set<ServerResponse>();
  return {
    begin(response) {
      inFlight.add(response);
      response.once('close', () => inFlight.delete(response));
    },
    async answered() {
      await Promise.all([...inFlight].map((response) => new Promise((resolve) => response.once('close', resolve))));
    },
  };
}

export function followRequests(server: FastifyInstance, { begin }: RequestsInFlight): void {
  server.addHook('onRequest', async (_request, { raw }) => begin(raw));
}
