/**
 * Turns at planning. A few operations are planned at once; the rest wait, each client's behind its own: with every turn
 * the next client is served, so that whoever sends one waits for no flood of another's.
 */
import { Throttled } from './throttled.ts';

export interface TurnLimits {
  atOnce: number;
  /** Of one client. */
  waiting: number;
  /** Of all. Where there are more, the client with the most loses its last. */
  waitingInAll: number;
}

export const PLANNING_TURNS: TurnLimits = { atOnce: 2, waiting: 100, waitingInAll: 1_000 };

/** Until a client that has too many waiting asks again. */
export const PLANNING_RETRY_MS = 1_000;

interface Waiting {
  begin(): void;
  refuse(): void;
}

export interface PlanningTurns {
  /** Rejects with Throttled, or as `work` does. */
  take<Value>(client: string, work: () => Promise<Value>): Promise<Value>;
  /** Whether a turn of this client's would be refused. */
  isFull(client: string): boolean;
}

export function createPlanningTurns({ atOnce, waiting, waitingInAll }: TurnLimits = PLANNING_TURNS): PlanningTurns {
  let running = 0;
  let inAll = 0;
  // in the order of their next turns; none is empty
  const queues = new Map<string, Waiting[]>();

  const removed = (client: string, from: 'first' | 'last'): Waiting | undefined => {
    const queue = queues.get(client) ?? [];
    const found = from === 'first' ? queue.shift() : queue.pop();
    if (queue.length === 0) queues.delete(client);
    if (found) inAll -= 1;
    return found;
  };
  const next = (): void => {
    const [client] = queues.keys();
    if (client === undefined || running >= atOnce) return;
    const first = removed(client, 'first');
    const rest = queues.get(client);
    // behind the others
    if (rest && queues.delete(client)) queues.set(client, rest);
    if (!first) return;
    running += 1;
    first.begin();
  };
  const longest = (): string | undefined =>
    [...queues].reduce<[string | undefined, number]>(
      ([most, length], [client, queue]) => (queue.length > length ? [client, queue.length] : [most, length]),
      [undefined, 0],
    )[0];
  const isFull = (client: string): boolean => (queues.get(client)?.length ?? 0) >= waiting;
  const wait = (client: string): Promise<void> => {
    if (isFull(client)) return Promise.reject(new Throttled('planning', PLANNING_RETRY_MS));
    const queue = queues.get(client) ?? [];
    return new Promise((resolve, reject) => {
      const refuse = () => reject(new Throttled('planning', PLANNING_RETRY_MS));
      queues.set(client, queue);
      queue.push({ begin: resolve, refuse });
      inAll += 1;
      const most = inAll > waitingInAll ? longest() : undefined;
      if (most !== undefined) removed(most, 'last')?.refuse();
    });
  };

  return {
    isFull,
    async take(client, work) {
      // a turn that is waited for is handed over: nobody comes between
      if (running >= atOnce) await wait(client);
      else running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
        next();
      }
    },
  };
}
