import { describe, expect, it } from 'vitest';
import { clockOf, createDemoClock } from './demo-clock.ts';

describe('a demo’s clock', () => {
  const summer = ['2026-06-30T22:59:00Z', '2026-06-30T23:01:00Z', '2026-06-30T12:00:00Z'];
  const winter = ['2026-12-31T23:59:00Z', '2027-01-01T00:01:00Z', '2026-12-31T12:00:00Z'];
  it.each([...summer, ...winter])('started at %s takes the date it is given for today’s', (start) => {
    for (const today of ['2026-11-18', '2027-06-15', '2024-02-29', '2026-10-25', '2026-03-29'])
      expect(createDemoClock(today, () => new Date(start)).today()).toBe(today);
  });

  it('runs', () => {
    let now = new Date('2026-06-30T12:00:00Z');
    const clock = createDemoClock('2026-11-18', () => now);
    const start = clock.now();
    now = new Date(now.getTime() + 86_400_000);
    expect(clock.now().getTime() - start.getTime()).toBe(86_400_000);
    expect(clock.today()).toBe('2026-11-19');
  });

  it('is refused where the data is not a demo’s', () => {
    expect(() => clockOf('2026-11-18', false)).toThrow('TODAY is a setting of demos');
    expect(clockOf('2026-11-18', true).today()).toBe('2026-11-18');
    expect(clockOf(undefined, false).now().getTime()).toBeCloseTo(Date.now(), -4);
  });
});
