/** The trace that a call belongs to, in a header: https://www.w3.org/TR/trace-context/#traceparent-header */
import { isSpanContextValid, type SpanContext, TraceFlags } from '@opentelemetry/api';

const TRACEPARENT = /^00-(?<traceId>[\da-f]{32})-(?<spanId>[\da-f]{16})-[\da-f]{2}$/;

export const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

/** Null where it does not hold. Whether to record is not the caller's to say: the flags are not read. */
export function readTraceparent(header: string | undefined): SpanContext | null {
  const { traceId = '', spanId = '' } = TRACEPARENT.exec(header ?? '')?.groups ?? {};
  const context = { traceId, spanId, traceFlags: TraceFlags.NONE, isRemote: true };
  return isSpanContextValid(context) ? context : null;
}
