/** Calls to subgraphs: a span and a place in the metrics for each, and the trace goes along beside the envelope. */
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { SubgraphTransport } from '../engine/engine.ts';
import { SubgraphCallFailed } from '../engine/transport/call-failed.ts';
import type { Instruments } from './instruments.ts';

export const observedTransport = (
  transport: SubgraphTransport,
  { tracing, log }: Pick<Telemetry, 'tracing' | 'log'>,
  { calls }: Pick<Instruments, 'calls'>,
): SubgraphTransport => ({
  async call(subgraph, request, signal) {
    const labels = { 'subgraph.name': subgraph, 'http.request.method': request.method };
    const span = tracing.begin('subgraph call', { kind: 'client', labels });
    const headers = { ...request.headers, traceparent: span.traceparent };
    const startedAt = performance.now();
    const ended = (outcome: { status?: number; failure?: SubgraphCallFailed['code'] }) => {
      const durationMs = performance.now() - startedAt;
      const told = { 'http.response.status_code': outcome.status, 'error.type': outcome.failure };
      span.label(told);
      span.end(outcome.status === 200 ? undefined : 'failed');
      calls(durationMs / 1000, { ...labels, ...told });
      log('A subgraph was called.', { subgraph, durationMs, ...outcome });
    };
    try {
      const answer = await tracing.within(span, () => transport.call(subgraph, { ...request, headers }, signal));
      ended({ status: answer.status });
      return answer;
    } catch (error) {
      ended({ failure: error instanceof SubgraphCallFailed ? error.code : 'UNREACHABLE' });
      throw error;
    }
  },
});
