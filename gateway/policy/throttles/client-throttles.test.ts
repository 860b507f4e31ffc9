import { describe, expect, it } from 'vitest';
import type { LimitMode } from '../limits/limiter.ts';
import { createClientThrottles } from './client-throttles.ts';
import { Throttled } from './throttled.ts';

const RATES = { budget: { signedIn: 600, strangers: 60 }, planning: { signedIn: 30, strangers: 3 } };

function throttles(mode: LimitMode = 'enforce') {
  let ms = 0;
  const of = createClientThrottles(RATES, () => ms)(mode);
  return {
    ...of,
    pass(seconds: number) {
      ms += seconds * 1000;
    },
    countNew(who: { key: string; isSignedIn: boolean }): number | null {
      try {
        of.countNew({ ...who });
        return null;
      } catch (error) {
        if (error instanceof Throttled) return error.retryAfterSeconds;
        throw error;
      }
    },
  };
}

const SOMEONE = { key: 'person 1', isSignedIn: true };
const STRANGER = { key: 'address 192.0.2.1', isSignedIn: false };

describe('a budget', () => {
  it('is told with each charge', () => {
    const { charge, pass } = throttles();
    expect(charge(SOMEONE, 100)).toEqual({
      cost: 100,
      budget: { most: 600, left: 500, fullInSeconds: 10 },
      refused: null,
    });
    pass(4);
    expect(charge(SOMEONE, 1)).toEqual({ cost: 1, budget: { most: 600, left: 539, fullInSeconds: 7 }, refused: null });
  });

  it('is spent to its end, and refuses until there is enough again', () => {
    const { charge, pass } = throttles();
    expect(charge(SOMEONE, 600)).toMatchObject({ budget: { left: 0 }, refused: null });
    const { refused } = charge(SOMEONE, 25);
    expect(refused?.extensions).toEqual({ code: 'LIMIT_BUDGET' });
    expect(refused?.retryAfterSeconds).toBe(3);
    expect(refused?.message).toBe(
      'What was asked for in the last minute has cost as much as it may. Ask again in 3 s.',
    );
    pass(3);
    expect(charge(SOMEONE, 25)).toMatchObject({ budget: { left: 5 }, refused: null });
  });

  it('of a stranger is another', () => {
    const { charge } = throttles();
    expect(charge(STRANGER, 60)).toMatchObject({ budget: { most: 60, left: 0 }, refused: null });
    expect(charge(STRANGER, 1).refused).toBeInstanceOf(Throttled);
    expect(charge({ ...STRANGER, key: 'address 192.0.2.2' }, 1).refused).toBeNull();
  });

  it('is none where limits measure', () => {
    const { charge } = throttles('measure');
    for (const cost of [600, 601]) expect(charge(SOMEONE, cost)).toEqual({ cost, budget: null, refused: null });
  });
});

describe('new operations', () => {
  it('are so many in a minute', () => {
    const { countNew, pass } = throttles();
    for (let count = 0; count < 30; count += 1) expect(countNew(SOMEONE)).toBeNull();
    expect(countNew(SOMEONE)).toBe(2);
    pass(2);
    expect(countNew(SOMEONE)).toBeNull();
    expect(countNew(SOMEONE)).toBe(2);
  });

  it('of strangers are a tenth', () => {
    const { countNew } = throttles();
    for (let count = 0; count < 3; count += 1) expect(countNew(STRANGER)).toBeNull();
    expect(countNew(STRANGER)).toBe(20);
  });

  it('count once for a request, however much is new of it', () => {
    const { countNew } = createClientThrottles(RATES, () => 0)('enforce');
    const request = { ...STRANGER };
    for (let count = 0; count < 10; count += 1) countNew(request);
    countNew({ ...STRANGER });
    countNew({ ...STRANGER });
    expect(() => countNew({ ...STRANGER })).toThrow(Throttled);
  });

  it('are refused before anything is done for them where as many wait as may', async () => {
    const { countNew, turns } = createClientThrottles(RATES, () => 0, {
      turns: { atOnce: 1, waiting: 1, waitingInAll: 9 },
    })('enforce');
    const { promise, resolve } = Promise.withResolvers<void>();
    const waiting = [1, 2].map(() => turns.take(SOMEONE.key, () => promise));
    expect(() => countNew({ ...SOMEONE })).toThrow(Throttled);
    expect(() => countNew({ ...SOMEONE, key: 'person 2' })).not.toThrow();
    resolve();
    await Promise.all(waiting);
    expect(() => countNew({ ...SOMEONE })).not.toThrow();
  });

  it('are not counted where limits measure', () => {
    const { countNew } = throttles('measure');
    for (let count = 0; count < 100; count += 1) expect(countNew(STRANGER)).toBeNull();
  });
});
