/** Each request has a trace, of which its answer says the id, a place in the metrics, and at level info a line. */
import type { FastifyInstance } from 'fastify';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { ObserveRequest } from '../http/observed-request.ts';
import type { Instruments } from './instruments.ts';

type Watching = Pick<Telemetry, 'tracing' | 'log'>;

/**
 * A trace of the client's is not gone on with: what it says of itself is a stranger's text, and whether to record is not a
 * stranger's to say.
 */
export function createRequestObserver(
  { tracing, log }: Watching,
  { requests, active }: Pick<Instruments, 'requests' | 'active'>,
): ObserveRequest {
  const durations = requests.by('http.request.method', 'http.route', 'http.response.status_code');
  const inFlight = active.by('http.request.method');
  return (method, route) => {
    const startedAt = performance.now();
    const labels = { 'http.request.method': method, 'http.route': route };
    const span = tracing.begin('HTTP', { kind: 'server', labels });
    const level = inFlight(method);
    level.add(1);
    return {
      traceparent: span.traceparent,
      within: (work) => tracing.within(span, work),
      end(status) {
        const durationMs = performance.now() - startedAt;
        span.label({ 'http.response.status_code': status });
        span.end(status === undefined || status >= 500 ? 'failed' : undefined);
        level.add(-1);
        durations(method, route, status).record(durationMs / 1000);
        log('A request was answered.', { traceId: span.traceId, method, route, status, durationMs });
      },
    };
  };
}

/** To be called before routes are added: theirs are the names by which requests are told apart. */
export function observeRequests(
  server: FastifyInstance,
  { names }: Pick<Telemetry, 'names'>,
  observe: ObserveRequest,
): void {
  server.addHook('onRoute', ({ url }) => names.add('route', [url]));
  server.addHook('onRequest', (request, reply, done) => {
    const observed = observe(request.method, request.routeOptions.url);
    reply.header('traceresponse', observed.traceparent);
    // comes after an answer and where the client went away before it
    reply.raw.once('close', () => observed.end(reply.raw.writableFinished ? reply.statusCode : undefined));
    observed.within(done);
  });
}
