import { setTimeout as sleep } from 'node:timers/promises';
import { trace } from '@opentelemetry/api';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace-base';
import { describe, expect, it } from 'vitest';
import { createKnownNames } from './known-names.ts';
import { createTracing } from './tracing.ts';

const names = createKnownNames();
names.add('route', ['/graphql']);

function traced() {
  const exporter = new InMemorySpanExporter();
  const tracing = createTracing({ service: 'schoolgraph-test', names, exporter });
  return { tracing, spans: () => tracing.flush().then(() => exporter.getFinishedSpans()) };
}

describe('a trace', () => {
  it('holds what runs within a span, however it waits', async () => {
    const { tracing, spans } = traced();
    const outer = tracing.begin('HTTP', { kind: 'server' });
    await tracing.within(outer, async () => {
      await sleep(1);
      tracing.begin('prepare').end();
    });
    outer.end();
    const [prepare, http] = await spans();
    expect(prepare?.parentSpanContext?.spanId).toBe(http?.spanContext().spanId);
    expect(prepare?.spanContext().traceId).toBe(outer.traceId);
    expect(tracing.current()).toBeUndefined();
  });

  it('of one request is not that of another', async () => {
    const { tracing } = traced();
    const seen = await Promise.all(
      Array.from({ length: 20 }, async (_, each) => {
        const span = tracing.begin('HTTP');
        return tracing.within(span, async () => {
          await sleep(each % 5);
          return [span.traceId, tracing.current()?.traceId];
        });
      }),
    );
    for (const [own, current] of seen) expect(current).toBe(own);
    expect(new Set(seen.map(([own]) => own)).size).toBe(20);
  });

  it('goes on over HTTP in a header', async () => {
    const { tracing, spans } = traced();
    const call = tracing.begin('subgraph call', { kind: 'client' });
    expect(call.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    tracing.begin('subgraph', { kind: 'server', continues: call.traceparent }).end();
    const [served] = await spans();
    expect(served?.spanContext().traceId).toBe(call.traceId);
    expect(served?.parentSpanContext?.isRemote).toBe(true);
  });

  it.each([
    '',
    'CANARY',
    '00-0-0-01',
    `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`,
    `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01-CANARY`,
  ])('begins anew where the header does not hold: %s', async (continues) => {
    const { tracing, spans } = traced();
    tracing.begin('subgraph', { continues }).end();
    const [served] = await spans();
    expect(served?.parentSpanContext).toBeUndefined();
  });

  it('is recorded by our decision alone, whatever the header says', () => {
    const tracing = createTracing({ service: 'schoolgraph-test', names, exporter: null });
    const span = tracing.begin('subgraph', { continues: `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01` });
    expect(span.traceparent).toMatch(/-00$/);
  });

  it('without an exporter still has an id', () => {
    const tracing = createTracing({ service: 'schoolgraph-test', names, exporter: null });
    expect(tracing.begin('HTTP').traceId).toMatch(/^[\da-f]{32}$/);
  });

  it('without an exporter is that of what runs within, however it waits, and of no other request', async () => {
    const tracing = createTracing({ service: 'schoolgraph-test', names, exporter: null });
    const seen = await Promise.all(
      Array.from({ length: 600 }, async (_, each) => {
        const span = tracing.begin('HTTP', { kind: 'server' });
        return tracing.within(span, async () => {
          await sleep(each % 5);
          const call = tracing.begin('subgraph call');
          return tracing.within(call, async () => [span.traceId, tracing.current()?.traceId, call.traceparent]);
        });
      }),
    );
    for (const [own, current, traceparent] of seen) {
      expect(current).toBe(own);
      expect(traceparent).toMatch(new RegExp(`^00-${own}-[\\da-f]{16}-00$`));
    }
    expect(new Set(seen.map(([own]) => own)).size).toBe(600);
    expect(new Set(seen.map(([, , traceparent]) => traceparent?.split('-')[2])).size).toBe(600);
    expect(tracing.current()).toBeUndefined();
  });

  it('without an exporter still goes on with a caller’s who is trusted', () => {
    const tracing = createTracing({ service: 'schoolgraph-test', names, exporter: null });
    const traceId = 'a'.repeat(32);
    tracing.within(tracing.begin('HTTP'), () => {
      const span = tracing.begin('subgraph', { continues: `00-${traceId}-${'1'.repeat(16)}-01` });
      expect(tracing.within(span, () => tracing.current()?.traceId)).toBe(traceId);
    });
  });
});

describe('a span', () => {
  it.each([
    [{ 'http.request.method': 'POST', 'http.route': '/graphql' }, 'POST /graphql'],
    [{ 'http.request.method': 'CANARY', 'http.route': '/graphql' }, 'HTTP /graphql'],
    [{ 'http.request.method': 'GET', 'http.route': '/CANARY' }, 'GET'],
    [{ 'http.request.method': 'CANARY' }, 'HTTP'],
  ])('of a request is named by its method and route, and by nothing of the client’s: %j', async (labels, name) => {
    const { tracing, spans } = traced();
    tracing.begin('HTTP', { labels }).end();
    const [span] = await spans();
    expect(span?.name).toBe(name);
    expect(JSON.stringify(span?.attributes)).not.toContain('CANARY');
  });

  it('that failed says so, and not how', async () => {
    const { tracing, spans } = traced();
    tracing.begin('query').end('failed');
    const [span] = await spans();
    expect(span).toMatchObject({ status: { code: 2 }, events: [] });
    expect(span?.status).not.toHaveProperty('message');
  });

  it('is written to no global tracer, where libraries would write operations', () => {
    traced();
    const span = trace.getTracer('a library').startSpan('query { student { name } }');
    expect(span.isRecording()).toBe(false);
  });
});
