/**
 * How many requests of one client begin in a few milliseconds. A client that sends a thousand at once has them looked at a
 * few at a time; in between everybody else's are served, and connections are taken, of which Node takes one in a turn of
 * its event loop: who comes new during a flood waits for as long as those turns are.
 */

interface Waiting {
  begin(): void;
}

/** Resolves at once, or in one of the next turns. `key`: whose request it is. */
export type TakeTurn = (key: string) => Promise<void> | null;

export function createPace(mostInTurn: number, nextTurn: (work: () => void) => void): TakeTurn {
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
      const next = queue.splice(0, mostInTurn);
      begun.set(key, next.length);
      if (queue.length === 0) waiting.delete(key);
      for (const { begin } of next) begin();
    }
    if (begun.size > 0) plan();
  }
  return (key) => {
    const count = begun.get(key) ?? 0;
    plan();
    if (count < mostInTurn && !waiting.has(key)) {
      begun.set(key, count + 1);
      return null;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    const queue = waiting.get(key) ?? [];
    queue.push({ begin: resolve });
    waiting.set(key, queue);
    return promise;
  };
}
