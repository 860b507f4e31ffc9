/**
 * How many requests of one client begin in a few milliseconds. A client that sends a thousand at once has them looked at a
 * few at a time; in between everybody else's are served, and connections are taken, of which Node takes one in a turn of
 * its event loop: who comes new during a flood waits for as long as those turns are.
 */
import { PLANNING_RETRY_MS } from '../policy/throttles/planning-turns.ts';
import { Throttled } from '../policy/throttles/throttled.ts';

interface Waiting {
  begin(): void;
}

/** Resolves at once, or in one of the next turns. `key`: whose request it is. Throws Throttled where too many wait. */
type TakeTurn = (key: string) => Promise<void> | null;

export interface PaceLimits {
  /** Of one client. */
  inTurn: number;
  waiting: number;
  /** Of all: beyond it nobody has more than one waiting. */
  waitingInAll: number;
}

export function createPace(most: PaceLimits, nextTurn: (work: () => void) => void): TakeTurn {
  let inAll = 0;
  const begun = new Map<string, number>();
  const waiting = new Map<string, Waiting[]>();
  let isPlanned = false;
  const plan = (): void => {
    if (isPlanned) return;
    isPlanned = true;
    nextTurn(turn);
  };
  /** Those that have waited longest begin first, of each client as many as may. */
  function turn(): void {
    isPlanned = false;
    begun.clear();
    for (const [key, queue] of waiting) {
      const next = queue.splice(0, most.inTurn);
      inAll -= next.length;
      begun.set(key, next.length);
      if (queue.length === 0) waiting.delete(key);
      for (const { begin } of next) begin();
    }
    if (begun.size > 0) plan();
  }
  return (key) => {
    const count = begun.get(key) ?? 0;
    plan();
    if (count < most.inTurn && !waiting.has(key)) {
      begun.set(key, count + 1);
      return null;
    }
    const queue = waiting.get(key) ?? [];
    if (queue.length >= most.waiting || (queue.length > 0 && inAll >= most.waitingInAll))
      throw new Throttled('planning', PLANNING_RETRY_MS);
    const { promise, resolve } = Promise.withResolvers<void>();
    queue.push({ begin: resolve });
    inAll += 1;
    waiting.set(key, queue);
    return promise;
  };
}
