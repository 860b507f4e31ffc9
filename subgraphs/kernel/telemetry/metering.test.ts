import { describe, expect, it } from 'vitest';
import { createKnownNames } from './known-names.ts';
import type { Labels } from './labels.ts';
import { createMetering, DURATION_BUCKETS } from './metering.ts';
import { measureProcess } from './process-metrics.ts';

const ABOUT = { description: 'For a test.', unit: '1' };

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
    await metering.shutdown();
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
