/** What the process itself costs: https://opentelemetry.io/docs/specs/semconv/runtime/nodejs-metrics/ */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Metering } from './metering.ts';

/** Milliseconds between two looks at the event loop. */
const RESOLUTION = 20;

/** Gives what ends the watching. */
export function measureProcess(metering: Metering): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  const cpu = { name: 'process.cpu.time', description: 'CPU time used.', unit: 's' };
  metering.observed('counter', cpu, () => {
    const { user, system } = process.cpuUsage();
    return [
      [user / 1e6, { 'cpu.mode': 'user' }],
      [system / 1e6, { 'cpu.mode': 'system' }],
    ];
  });
  const memory = { name: 'process.memory.usage', description: 'Physical memory in use.', unit: 'By' };
  metering.observed('gauge', memory, () => [[process.memoryUsage.rss(), {}]]);
  const heap = { name: 'v8js.memory.heap.used', description: 'Memory of JavaScript objects.', unit: 'By' };
  metering.observed('gauge', heap, () => [[process.memoryUsage().heapUsed, {}]]);
  const used = {
    name: 'nodejs.eventloop.utilization',
    description: 'Share of time not idle, since it was last read.',
    unit: '1',
  };
  let lastUsed = performance.eventLoopUtilization();
  metering.observed('gauge', used, () => {
    const [since, now] = [lastUsed, performance.eventLoopUtilization()];
    lastUsed = now;
    return [[performance.eventLoopUtilization(now, since).utilization, {}]];
  });
  const late = {
    name: 'nodejs.eventloop.delay.p99',
    description: 'Lateness of the event loop, since it was last read.',
    unit: 's',
  };
  metering.observed('gauge', late, () => {
    const p99 = delay.count > 0 ? delay.percentile(99) / 1e9 : 0;
    delay.reset();
    return [[p99, {}]];
  });
  return () => delay.disable();
}
