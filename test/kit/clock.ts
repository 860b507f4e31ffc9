/** A clock that stands still until it is moved. */
import { type Clock, createClock } from '../../subgraphs/kernel/clock.ts';

/** A Wednesday of the autumn term. Demo data and tests stand on it, so that no test depends on the day it is run. */
export const TEST_TODAY = '2026-11-18';

export interface TestClock extends Clock {
  /** Sets the date (`YYYY-MM-DD`), at 10 in the morning. */
  moveTo(date: string): void;
  advance(milliseconds: number): void;
}

export function createTestClock(today = TEST_TODAY): TestClock {
  let now = tenOClock(today);
  return {
    ...createClock(() => now),
    moveTo: (date) => {
      now = tenOClock(date);
    },
    advance: (milliseconds) => {
      now = new Date(now.getTime() + milliseconds);
    },
  };
}

const tenOClock = (date: string): Date => new Date(`${date}T10:00:00Z`);
