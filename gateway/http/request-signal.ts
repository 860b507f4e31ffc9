/** A signal that is aborted when the client of a request goes away before its answer, or the request takes too long. */
import type { ServerResponse } from 'node:http';

/** Its reason is a TimeoutError, as AbortSignal.timeout's is, where the deadline passed. */
export function signalOf(response: ServerResponse, deadlineMs: number): AbortSignal {
  const controller = new AbortController();
  const late = () => controller.abort(new DOMException('The request took too long.', 'TimeoutError'));
  const timer = setTimeout(late, deadlineMs);
  response.once('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}
