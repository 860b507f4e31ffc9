/** Each request has a trace, of which its answer says the id, a place in the metrics, and at level info a line. */
import type { FastifyInstance } from 'fastify';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { Instruments } from './instruments.ts';

/**
 * To be called before routes are added: theirs are the names by which requests are told apart. A trace of the client's
 * is not gone on with: what it says of itself is a stranger's text, and whether to record is not a stranger's to say.
 */
export function observeRequests(
  server: FastifyInstance,
  { names, tracing, log }: Pick<Telemetry, 'names' | 'tracing' | 'log'>,
  { requests, active }: Pick<Instruments, 'requests' | 'active'>,
): void {
  server.addHook('onRoute', ({ url }) => names.add('route', [url]));
  server.addHook('onRequest', (request, reply, done) => {
    const startedAt = performance.now();
    const { method } = request;
    const route = request.routeOptions.url;
    const labels = { 'http.request.method': method, 'http.route': route };
    const span = tracing.begin('HTTP', { kind: 'server', labels });
    // https://w3c.github.io/trace-context/#traceresponse-header
    reply.header('traceresponse', span.traceparent);
    active({ 'http.request.method': method }, 1);
    // comes after an answer and where the client went away before it
    reply.raw.once('close', () => {
      const durationMs = performance.now() - startedAt;
      const status = reply.raw.writableFinished ? reply.statusCode : undefined;
      const outcome = { 'http.response.status_code': status };
      span.label(outcome);
      span.end(status === undefined || status >= 500 ? 'failed' : undefined);
      active({ 'http.request.method': method }, -1);
      requests(durationMs / 1000, { ...labels, ...outcome });
      log('A request was answered.', { traceId: span.traceId, method, route, status, durationMs });
    });
    tracing.within(span, done);
  });
}
