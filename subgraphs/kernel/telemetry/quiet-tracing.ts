/** Tracing that nobody exports: a request has its id, by which its lines of the log and its calls belong together, and no more. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { TraceFlags } from '@opentelemetry/api';
import { RandomIdGenerator } from '@opentelemetry/sdk-trace-base';
import { readTraceparent, traceparentOf } from './traceparent.ts';
import type { OpenSpan, Tracing } from './tracing.ts';

export function createQuietTracing(): Tracing {
  const ids = new RandomIdGenerator();
  const open = new AsyncLocalStorage<OpenSpan>();
  const spanOf = (traceId: string): OpenSpan => ({
    traceId,
    get traceparent() {
      return traceparentOf({ traceId, spanId: ids.generateSpanId(), traceFlags: TraceFlags.NONE });
    },
    label() {},
    end() {},
  });
  return {
    begin: (_name, { continues } = {}) => {
      const parent = continues === undefined ? null : readTraceparent(continues);
      return spanOf((parent ?? open.getStore())?.traceId ?? ids.generateTraceId());
    },
    within: (span, work) => open.run(span, work),
    current: () => open.getStore(),
    async flush() {},
    async shutdown() {},
  };
}
