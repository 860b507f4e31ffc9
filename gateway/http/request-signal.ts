/** A signal that is aborted when the client of a request goes away before its answer. */
import type { FastifyReply } from 'fastify';

export function signalOf({ raw }: FastifyReply): AbortSignal {
  const controller = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
