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
  /** Calls once what was begun waits for something else, before anybody else has had a turn. */
  atEnd(work: () => void): void;
  /** Calls once everything that is due by now has had its turn. */
  nextTurn(work: () => void): void;
  after(ms: number, work: () => void): void;
}

const CLOCK: SpareClock = {
  now: () => performance.now(),
  idle: () => performance.eventLoopUtilization().idle,
  // ticks that are asked for by a promise's continuation have their turn behind those of all promises
  atEnd: (work) => queueMicrotask(() => process.nextTick(work)),
  nextTurn: setImmediate,
  after: (ms, work) => void setTimeout(work, ms),
};

/** Of the others' time, where nobody waits. New connections do, when many come: Node takes one in a turn of its event loop. */
const LEAST_IDLE = 1 / 4;

/** So many times as long as a piece took they have where somebody waits all the time: then pieces are a ninth of it. */
const MOST_TIMES = 8;

/** Of one process: those who wait longest are first. */
export function createSpareTime({ now, idle, atEnd, nextTurn, after }: SpareClock = CLOCK): SparePiece {
  const waiting: (() => void)[] = [];
  let isTaken = false;
  const next = (): void => {
    const begin = waiting.shift();
    isTaken = begin !== undefined;
    if (!begin) return;
    const begun = now();
    begin();
    atEnd(() => {
      const took = now() - begun;
      nextTurn(() => leaveToOthers(took));
    });
  };
  /** Timers come late where the others have much to do: what counts is how long they had. */
  function leaveToOthers(took: number, since = now()): void {
    const before = idle();
    after(took, () => {
      if (now() - since >= took * MOST_TIMES || idle() - before >= took * LEAST_IDLE) next();
      else leaveToOthers(took, since);
    });
  }
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      if (!isTaken) next();
    });
}
