import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { describe, expect, it } from 'vitest';
import { createKnownNames } from './known-names.ts';
import { boundedLabels, type Labels } from './labels.ts';
import { createMetering, DURATION_BUCKETS, type Metering } from './metering.ts';
import type { Instrument } from './metric-data.ts';
import { measureProcess } from './process-metrics.ts';

interface Recorders {
  counter(instrument: Instrument): (labels: Labels, by?: number) => void;
  level(instrument: Instrument): (labels: Labels, by: number) => void;
  histogram(instrument: Instrument, buckets: readonly number[]): (value: number, labels: Labels) => void;
}

const ABOUT = { description: 'For a test.', unit: '1' };

const names = createKnownNames();
names.add('code', ['FORBIDDEN']);
names.add('route', ['/graphql']);

class PullReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

function sdkMetering(): Pick<Metering, 'text'> & Recorders {
  const reader = new PullReader();
  const meter = new MeterProvider({ readers: [reader] }).getMeter('schoolgraph');
  const bounded = (labels: Labels) => boundedLabels(labels, names);
  return {
    counter({ name, ...about }) {
      const counter = meter.createCounter(name, about);
      return (labels, by = 1) => counter.add(by, bounded(labels));
    },
    level({ name, ...about }) {
      const level = meter.createUpDownCounter(name, about);
      return (labels, by) => level.add(by, bounded(labels));
    },
    histogram({ name, ...about }, buckets) {
      const histogram = meter.createHistogram(name, { ...about, advice: { explicitBucketBoundaries: [...buckets] } });
      return (value, labels) => histogram.record(value, bounded(labels));
    },
    text: async () =>
      new PrometheusSerializer(undefined, false, undefined, true, true).serialize(
        (await reader.collect()).resourceMetrics,
      ),
  };
}

describe('the metrics', () => {
  it('are Prometheus’ text', async () => {
    const metering = createMetering(createKnownNames());
    metering.counter({ name: 'schoolgraph.errors', ...ABOUT })({ 'cache.result': 'hit' }, 2);
    metering.histogram({ name: 'http.server.request.duration', ...ABOUT }, DURATION_BUCKETS)(0.03, {});
    metering.level({ name: 'http.server.active_requests', ...ABOUT })({}, -1);
    metering.observed('gauge', { name: 'schoolgraph.circuit', ...ABOUT }, () => [[1, { 'circuit.state': 'open' }]]);
    const text = await metering.text();
    expect(text).toContain('# TYPE schoolgraph_errors_total counter\nschoolgraph_errors_total{cache_result="hit"} 2\n');
    expect(text).toContain('http_server_request_duration_bucket{le="0.025"} 0\n');
    expect(text).toContain('http_server_request_duration_bucket{le="0.05"} 1\n');
    expect(text).toContain('http_server_active_requests -1\n');
    expect(text).toContain('schoolgraph_circuit{circuit_state="open"} 1\n');
  });

  it('stay few, whatever is called how often', async () => {
    const metering = createMetering(createKnownNames());
    const count = metering.counter({ name: 'schoolgraph.test', ...ABOUT });
    for (let each = 0; each < 1_000; each++)
      count({
        'http.request.method': `M${each}`,
        'http.route': `/r/${each}`,
        'http.response.status_code': 1_000 + each,
        'error.code': `CODE_${each}`,
        'subgraph.name': `s${each}`,
        [`label${each}`]: 'x',
      } as Labels);
    const lines = (await metering.text()).split('\n').filter((line) => line.startsWith('schoolgraph_test_total'));
    expect(lines).toEqual([
      'schoolgraph_test_total{http_request_method="_OTHER",http_route="_OTHER",http_response_status_code="_OTHER",error_code="_OTHER",subgraph_name="_OTHER"} 1000',
    ]);
  });

  it('are what OpenTelemetry’s own SDK makes of the same recordings', async () => {
    const [ours, theirs] = [createMetering(names), sdkMetering()];
    for (const { counter, level, histogram } of [ours, theirs]) {
      const errors = counter({ name: 'schoolgraph.errors', description: 'Line\none \\ two.', unit: '{error}' });
      const active = level({ name: 'http.server.active_requests', ...ABOUT });
      const seconds = histogram({ name: 'http.server.request.duration', ...ABOUT }, DURATION_BUCKETS);
      counter({ name: 'schoolgraph.nothing', ...ABOUT });
      const described = histogram({ name: 'http.server.request.duration', description: 'Longer.', unit: '1' }, [9]);
      for (const [each, code] of ['FORBIDDEN', 'CANARY', 'ERR_A', 'FORBIDDEN'].entries())
        errors({ 'error.code': code }, each + 0.1);
      errors({ 'error.code': 'FORBIDDEN' });
      errors({ 'error.code': 'FORBIDDEN' }, -5);
      for (const by of [1, 1, -1, -1, -1]) active({ 'http.request.method': 'POST' }, by);
      for (const status of [200, 404, 200, undefined, 999])
        for (const value of [0, 0.005, 0.0050001, 0.3, 10, 11, 1e9, -1, Number.NaN])
          seconds(value, { 'http.response.status_code': status, 'http.route': '/graphql', 'error.code': undefined });
      described(0.02, { 'http.route': '/graphql', 'http.response.status_code': 200 });
    }
    expect(await ours.text()).toBe(await theirs.text());
  });

  it('of what is bound once are those of its labels', async () => {
    const metering = createMetering(names);
    const errors = metering.counter({ name: 'schoolgraph.errors', ...ABOUT });
    const forbidden = errors.by('error.code')('FORBIDDEN');
    expect(await metering.text()).not.toContain('schoolgraph_errors_total');
    forbidden.add();
    errors({ 'error.code': 'FORBIDDEN' }, 2);
    expect(await metering.text()).toContain('schoolgraph_errors_total{error_code="FORBIDDEN"} 3\n');
  });

  it('say of a state what holds now, and nothing of the one before', async () => {
    const metering = createMetering(names);
    let state: Labels['circuit.state'] = 'open';
    metering.observed('gauge', { name: 'schoolgraph.circuit', ...ABOUT }, () => [[1, { 'circuit.state': state }]]);
    expect(await metering.text()).toContain('schoolgraph_circuit{circuit_state="open"} 1\n');
    state = 'closed';
    const text = await metering.text();
    expect(text).toContain('schoolgraph_circuit{circuit_state="closed"} 1\n');
    expect(text).not.toContain('open');
  });

  it('of one name are of one kind', () => {
    const metering = createMetering(names);
    metering.counter({ name: 'schoolgraph.errors', ...ABOUT });
    expect(() => metering.level({ name: 'schoolgraph.errors', ...ABOUT })).toThrow(
      'Expected schoolgraph.errors to be a counter wherever it is measured, not a level.',
    );
  });

  it('tell what the process costs', async () => {
    const metering = createMetering(createKnownNames());
    const end = measureProcess(metering);
    const text = await metering.text();
    end();
    for (const line of [
      /^process_cpu_time_total\{cpu_mode="user"\} \d/m,
      /^process_memory_usage \d{7,}$/m,
      /^v8js_memory_heap_used \d{6,}$/m,
      /^nodejs_eventloop_utilization [01]/m,
      /^nodejs_eventloop_delay_p99 [\d.e-]+$/m,
    ])
      expect(text).toMatch(line);
  });
});
