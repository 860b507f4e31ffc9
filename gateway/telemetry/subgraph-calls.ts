/** Calls to subgraphs: a span and a place in the metrics for each, and the trace goes along beside the envelope. */

import type { SealedRequest } from '../../subgraphs/kernel/envelope.ts';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { SubgraphAnswer, SubgraphTransport } from '../engine/engine.ts';
import { SubgraphCallFailed } from '../engine/transport/call-failed.ts';
import type { Instruments } from './instruments.ts';

/** What is read of calls and their answers. */
export type ObservedRequest = Pick<SealedRequest, 'method' | 'headers'>;
export type ObservedAnswer = Pick<SubgraphAnswer, 'status'>;

export function observedTransport<Request extends ObservedRequest, Answer extends ObservedAnswer>(
  transport: SubgraphTransport<Request, Answer>,
  { tracing, log }: Pick<Telemetry, 'tracing' | 'log'>,
  { calls }: Pick<Instruments, 'calls'>,
): SubgraphTransport<Request, Answer> {
  const durations = calls.by('subgraph.name', 'http.request.method', 'http.response.status_code', 'error.type');
  return {
    call(subgraph, request, signal) {
      const { method, headers } = request;
      const labels = { 'subgraph.name': subgraph, 'http.request.method': method };
      const span = tracing.begin('subgraph call', { kind: 'client', labels });
      const startedAt = performance.now();
      const ended = (status: number | undefined, failure?: SubgraphCallFailed['code']): void => {
        const durationMs = performance.now() - startedAt;
        span.label({ 'http.response.status_code': status, 'error.type': failure });
        span.end(status === 200 ? undefined : 'failed');
        durations(subgraph, method, status, failure).record(durationMs / 1000);
        log('A subgraph was called.', { subgraph, durationMs, status, failure });
      };
      const sent = { ...request, headers: { ...headers, traceparent: span.traceparent } };
      return transport.call(subgraph, sent, signal).then(
        (answer) => {
          ended(answer.status);
          return answer;
        },
        (error: unknown) => {
          ended(undefined, error instanceof SubgraphCallFailed ? error.code : 'UNREACHABLE');
          throw error;
        },
      );
    },
  };
}
