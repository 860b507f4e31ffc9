/**
 * What each client may do over time: a budget of cost, and new operations, whose text is looked at and planned. Both are
 * kept in memory, for one process: behind several gateways a client has as many shares.
 */
import type { LimitMode } from '../limits/limiter.ts';
import type { Payer } from './payer.ts';
import {
  createPlanningTurns,
  PLANNING_RETRY_MS,
  PLANNING_TURNS,
  type PlanningTurns,
  type TurnLimits,
} from './planning-turns.ts';
import { createSpareTime, type SparePiece } from './spare-time.ts';
import { Throttled, type ThrottleName } from './throttled.ts';
import { createTokenBuckets } from './token-buckets.ts';

/** In a minute, and at once after a minute without any. */
export interface Share {
  signedIn: number;
  /** All of one address together. */
  strangers: number;
}

export interface ClientRates {
  /** What operations may cost, by `policy/cost`. */
  budget: Share;
  /** Operations that this process has not seen, or not for callers who may read as much. */
  planning: Share;
}

export const DEFAULT_RATES: ClientRates = {
  budget: { signedIn: 100_000, strangers: 10_000 },
  planning: { signedIn: 300, strangers: 30 },
};

/** What a request is told of its cost. */
export interface Charge {
  /** What was taken for the operation, or would have been. */
  cost: number;
  /** Null where limits only measure: a client that is told of an end would keep away from it. */
  budget: {
    /** Of the client in a minute, and what is left of that. */
    most: number;
    left: number;
    /** Until all of it is there again. */
    fullInSeconds: number;
  } | null;
}

export interface ClientThrottles {
  /** Refused where there is not enough; where limits only measure nothing is taken. */
  charge(payer: Payer, cost: number): Charge & { refused: Throttled | null };
  /** Throws Throttled. Counts a request once, however much is new of it. */
  countNew(payer: Payer): void;
  /** Turns at planning. */
  turns: PlanningTurns;
  /** Turns at looking at new texts, which is done where everything else is: one at once. */
  readings: PlanningTurns;
  /** For each piece of what is done of new operations where everything else is. */
  spareTime: SparePiece;
}

/** By how much longer a client's queue is where limits only measure. */
const MEASURED_FOR = 100;

interface ThrottleOptions {
  turns?: TurnLimits;
  spareTime?: SparePiece;
}

/** Of one process, for all its graphs. `now`: milliseconds that never go back. */
export function createClientThrottles(
  rates: ClientRates,
  now: () => number,
  { turns = PLANNING_TURNS, spareTime = createSpareTime() }: ThrottleOptions = {},
): (mode: LimitMode) => ClientThrottles {
  // strangers have a place of their own: however many addresses ask, no signed-in client's bucket is forgotten for them
  const bucketsOf = () => ({ signedIn: createTokenBuckets(now), strangers: createTokenBuckets(now) });
  const buckets: Record<ThrottleName, ReturnType<typeof bucketsOf>> = { budget: bucketsOf(), planning: bucketsOf() };
  const take = (name: ThrottleName, { key, isSignedIn }: Payer, tokens: number) => {
    const who = isSignedIn ? 'signedIn' : 'strangers';
    const most = rates[name][who];
    return { most, ...buckets[name][who].take(key, tokens, most) };
  };
  const counted = new WeakSet<Payer>();
  const turnsOf = { enforce: createPlanningTurns(turns), measure: createPlanningTurns(timesAsMany(turns)) };
  const one = { ...turns, atOnce: 1 };
  const readingsOf = { enforce: createPlanningTurns(one), measure: createPlanningTurns(timesAsMany(one)) };
  return (mode) => ({
    charge(payer, cost) {
      if (mode === 'measure') return { cost, budget: null, refused: null };
      const { most, left, isTaken, waitMs, fullInMs } = take('budget', payer, cost);
      const refused = isTaken ? null : new Throttled('budget', waitMs);
      return { cost, budget: { most, left, fullInSeconds: Math.ceil(fullInMs / 1000) }, refused };
    },
    countNew(payer) {
      if (counted.has(payer)) return;
      counted.add(payer);
      // before anything is done for what would wait for nothing
      if (turnsOf[mode].isFull(payer.key) || readingsOf[mode].isFull(payer.key))
        throw new Throttled('planning', PLANNING_RETRY_MS);
      if (mode === 'measure') return;
      const { isTaken, waitMs } = take('planning', payer, 1);
      if (!isTaken) throw new Throttled('planning', waitMs);
    },
    turns: turnsOf[mode],
    readings: readingsOf[mode],
    spareTime,
  });
}

const timesAsMany = ({ atOnce, waiting, waitingInAll }: TurnLimits): TurnLimits => ({
  atOnce,
  waiting: waiting * MEASURED_FOR,
  waitingInAll: waitingInAll * MEASURED_FOR,
});
