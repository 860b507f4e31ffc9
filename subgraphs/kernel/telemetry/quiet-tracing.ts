/** Tracing that nobody exports: a request has its id, by which its lines of the log and its calls belong together, and no more. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { createTraceIds, type TraceIds } from './trace-ids.ts';
import { readTraceparent } from './traceparent.ts';
import type { OpenSpan, Tracing } from './tracing.ts';

export function createQuietTracing(): Tracing {
  const ids = createTraceIds();
  const open = new AsyncLocalStorage<OpenSpan>();
  return {
    isRecorded: false,
    begin: (_name, options) => {
      const parent = options?.continues === undefined ? null : readTraceparent(options.continues);
      if (parent) return new QuietSpan(parent.traceId, ids);
      // what is done within it has the same id, and nothing else that is told
      return open.getStore() ?? new QuietSpan(ids.traceId(), ids);
    },
    within: (span, work) => (span === open.getStore() ? work() : open.run(span, work)),
    current: () => open.getStore(),
    async flush() {},
    async shutdown() {},
  };
}

class QuietSpan implements OpenSpan {
  readonly traceId: string;
  readonly #ids: TraceIds;
  constructor(traceId: string, ids: TraceIds) {
    this.traceId = traceId;
    this.#ids = ids;
  }
  /** Says by its flags, 00, that nothing is recorded; each that is read is of a span of its own. */
  get traceparent(): string {
    return `00-${this.traceId}-${this.#ids.spanId()}-00`;
  }
  label(): void {}
  end(): void {}
}
