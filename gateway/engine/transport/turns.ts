/** Lets so many work at once, and the others wait for their turn, in the order in which they came. */

/** Rejects with the signal's reason where it is aborted before the turn comes; then the work is not begun. */
export type TakeTurn = <Result>(signal: AbortSignal, work: () => Promise<Result>) => Promise<Result>;

export function createTurns(most: number): TakeTurn {
  let working = 0;
  const waiting = new Set<() => void>();
  const turn = async (signal: AbortSignal): Promise<void> => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    // at once: a turn that is given to who has gone would be lost
    const onAbort = () => {
      waiting.delete(resolve);
      reject(signal.reason);
    };
    waiting.add(resolve);
    signal.addEventListener('abort', onAbort);
    try {
      await promise;
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
  return async (signal, work) => {
    signal.throwIfAborted();
    // who is given a turn takes over the place of the one who leaves
    if (working < most) working += 1;
    else await turn(signal);
    try {
      return await work();
    } finally {
      const [next] = waiting;
      if (next) {
        waiting.delete(next);
        next();
      } else working -= 1;
    }
  };
}
