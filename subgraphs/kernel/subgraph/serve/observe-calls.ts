/** Calls that the gate has let in: they go on with the gateway's trace, and have a place in the metrics. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DURATION_BUCKETS } from '../../telemetry/metering.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';

type Observing = Pick<Telemetry, 'tracing' | 'metering' | 'names' | 'log'>;

/** A trace that a stranger claims to belong to is not read: this comes behind the gate. */
export function observeCalls({ tracing, metering, names, log }: Observing, subgraph: string) {
  names.add('subgraph', [subgraph]);
  const served = metering
    .histogram(
      { name: 'http.server.request.duration', description: 'Calls that were served.', unit: 's' },
      DURATION_BUCKETS,
    )
    .by('subgraph.name', 'http.request.method', 'http.response.status_code');
  return ({ headers: { traceparent } }: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const startedAt = performance.now();
    const labels = { 'subgraph.name': subgraph, 'http.request.method': 'POST' };
    const continues = typeof traceparent === 'string' ? traceparent : undefined;
    const span = tracing.begin('subgraph', { kind: 'server', labels, continues });
    // comes after an answer, and where the gateway did not wait for it
    reply.raw.once('close', () => {
      const durationMs = performance.now() - startedAt;
      const status = reply.raw.writableFinished ? reply.statusCode : undefined;
      span.label({ 'http.response.status_code': status });
      span.end(status === 200 ? undefined : 'failed');
      served(subgraph, 'POST', status).record(durationMs / 1000);
      log('A call was served.', { traceId: span.traceId, subgraph, status, durationMs });
    });
    tracing.within(span, done);
  };
}
