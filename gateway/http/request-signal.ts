/** A signal that is aborted when the client of a request goes away before its answer, or the request takes too long. */
import type { FastifyReply } from 'fastify';

/** Its reason is a TimeoutError, as AbortSignal.timeout's is, where the deadline passed. */
export function signalOf({ raw }: Pick<FastifyReply, 'raw'>, deadlineMs: number): AbortSignal {
  const controller = new AbortController();
  const late = () => controller.abort(new DOMException('The request took too long.', 'TimeoutError'));
  const timer = setTimeout(late, deadlineMs);
  raw.once('close', () => {
    clearTimeout(timer);
    if (!raw.writableFinished) controller.abort();
  });
  return controller.signal;
}
