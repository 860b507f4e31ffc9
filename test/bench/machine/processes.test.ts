import { describe, expect, it } from 'vitest';
import { busyTicksIn, cpuSecondsOf, cpuTicksIn, machineBusySeconds, memoryOf } from './processes.ts';

const isLinux = process.platform === 'linux';

describe('what a process has used', () => {
  it('is read behind its name, whatever that holds', () => {
    expect(cpuTicksIn('7 (a) b (c) S 1 7 7 0 -1 4194304 100 0 0 0 120 30 4 2 20 0 11 0 5 6 7')).toBe(156);
  });

  it('is the work of all cores, without what they waited', () => {
    expect(busyTicksIn('cpu  100 1 50 9000 77 2 3 40 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n')).toBe(156);
  });

  it.runIf(isLinux)('grows while it works', () => {
    const [before, allBefore] = [cpuSecondsOf(process.pid), machineBusySeconds()];
    // what another process takes meanwhile does not count
    for (const from = process.cpuUsage(); process.cpuUsage(from).user < 50_000; );
    expect(cpuSecondsOf(process.pid)).toBeGreaterThan(before);
    expect(machineBusySeconds()).toBeGreaterThan(allBefore);
    expect(memoryOf(process.pid)).toBeGreaterThan(10_000_000);
  });
});
