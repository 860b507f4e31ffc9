/**
 * Time of the thread that answers everybody, for work that only its client waits for. It is done in pieces: after each the
 * others have as long as it took, so that there is no more than half of the time for all such work together.
 */

/** Resolves when a piece may be begun, which ends where its promises wait for something else. */
export type SparePiece = () => Promise<void>;

export interface SpareClock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Of these, in how many the thread had nothing to do. */
  idle(): number;
  /** Calls once everything that is due by now has had its turn. */
  nextTurn(work: () => void): void;
  after(ms: number, work: () => void): void;
}

const CLOCK: SpareClock = {
  now: () => performance.now(),
  idle: () => performance.eventLoopUtilization().idle,
  nextTurn: setImmediate,
  after: (ms, work) => void setTimeout(work, ms),
};

/** Of the others' time, where nobody waits. New connections do, when many come: Node takes one in a turn of its event loop. */
const LEAST_IDLE = 1 / 4;

/** So often they have as long as a piece took where somebody waits all the time: then pieces are a ninth of it. */
const MOST_TIMES = 8;

/** Of one process: those who wait longest are first. */
export function createSpareTime({ now, idle, nextTurn, after }: SpareClock = CLOCK): SparePiece {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  const next = (): void => {
    const begin = waiting.shift();
    isTaken = begin !== undefined;
    if (!begin) return;
    const begun = now();
    begin();
    nextTurn(() => leaveToOthers(now() - begun));
  };
  function leaveToOthers(ms: number, times = 1): void {
    const before = idle();
    after(ms, () => {
      if (times === MOST_TIMES || idle() - before >= ms * LEAST_IDLE) next();
      else leaveToOthers(ms, times + 1);
    });
  }
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (!isTaken) next();
    });
}
