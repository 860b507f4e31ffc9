/**
 * Time of the thread that answers everybody, for work that only its client waits for. It is done in pieces: after each the
 * others have as long as it took, so that there is no more than half of the time for all such work together.
 */

/** Resolves when a piece may be begun, which ends where its promises wait for something else. */
export type SparePiece = () => Promise<void>;

export interface SpareClock {
  /** Milliseconds that never go back. */
  now(): number;
  /** Calls once everything that is due by now has had its turn. */
  nextTurn(work: () => void): void;
  after(ms: number, work: () => void): void;
}

const CLOCK: SpareClock = {
  now: () => performance.now(),
  nextTurn: setImmediate,
  after: (ms, work) => void setTimeout(work, ms),
};

/** Of one process: those who wait longest are first. */
export function createSpareTime({ now, nextTurn, after }: SpareClock = CLOCK): SparePiece {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  const next = (): void => {
    const begin = waiting.shift();
    isTaken = begin !== undefined;
    if (!begin) return;
    const begun = now();
    begin();
    nextTurn(() => after(now() - begun, next));
  };
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (!isTaken) next();
    });
}
