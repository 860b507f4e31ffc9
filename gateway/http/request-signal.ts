/** A signal that is aborted when the client of a request goes away before its answer, or the request takes too long. */
import type { ServerResponse } from 'node:http';

interface RequestSignal {
  /** Its reason is a TimeoutError, as AbortSignal.timeout's is, where the deadline passed. */
  signal: AbortSignal;
  /** To be called once the request is over. */
  end(isAnswered: boolean): void;
}

export function createRequestSignal(deadlineMs: number): RequestSignal {
  const controller = new AbortController();
  const late = () => controller.abort(new DOMException('The request took too long.', 'TimeoutError'));
  const timer = setTimeout(late, deadlineMs);
  return {
    signal: controller.signal,
    end(isAnswered) {
      clearTimeout(timer);
      if (!isAnswered) controller.abort();
    },
  };
}

export function signalOf(response: ServerResponse, deadlineMs: number): AbortSignal {
  const { signal, end } = createRequestSignal(deadlineMs);
  response.once('close', () => end(response.writableFinished));
  return signal;
}
