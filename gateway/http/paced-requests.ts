/**
 * How requests of many clients begin: one after the other, and of the clients each in its turn. A client that sends a
 * thousand at once has no more in progress than may be; those of it that wait do so behind its own.
 */
import { untilAborted } from '../operations/run-operation.ts';
import { PLANNING_RETRY_MS } from '../policy/throttles/planning-turns.ts';
import { Throttled } from '../policy/throttles/throttled.ts';

export interface PaceLimits {
  /** Of one client, begun and not answered. */
  atOnce: number;
  /** Of one client. */
  waiting: number;
  /** Of all: beyond it nobody has more than one waiting. */
  waitingInAll: number;
}

/**
 * Does the work of a client's request when it is its turn. Rejects with Throttled where too many wait, or the request is over
 * before.
 */
export type Pace = <Value>(client: string, signal: AbortSignal, work: () => Promise<Value>) => Promise<Value>;

interface Waiting {
  signal: AbortSignal;
  begin(): void;
}

interface Client {
  inProgress: number;
  waiting: Waiting[];
}

/** `nextTurn`: when the next one may begin. */
export function createPace(most: PaceLimits, nextTurn: (work: () => void) => void): Pace {
  let inAll = 0;
  // in the order of their next turns
  const clients = new Map<string, Client>();
  let isPlanned = false;
  const mayBegin = ({ inProgress, waiting }: Client): boolean => waiting.length > 0 && inProgress < most.atOnce;
  const nextClient = (): string | undefined => {
    for (const [key, client] of clients) if (mayBegin(client)) return key;
    return undefined;
  };
  const plan = (): void => {
    if (isPlanned || nextClient() === undefined) return;
    isPlanned = true;
    nextTurn(turn);
  };
  /** Behind the others from now on; forgotten where it has nothing here. */
  const putLast = (key: string, client: Client): void => {
    clients.delete(key);
    if (client.inProgress + client.waiting.length > 0) clients.set(key, client);
  };
  function turn(): void {
    isPlanned = false;
    const key = nextClient() ?? '';
    const client = clients.get(key);
    if (!client) return;
    begin(client);
    putLast(key, client);
    plan();
  }
  function begin(client: Client): void {
    for (let next = client.waiting.shift(); next; next = client.waiting.shift()) {
      inAll -= 1;
      if (next.signal.aborted) continue;
      client.inProgress += 1;
      next.begin();
      return;
    }
  }
  const wait = (client: Client, signal: AbortSignal): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    client.waiting.push({ signal, begin: resolve });
    inAll += 1;
    plan();
    return untilAborted(signal, promise);
  };
  return async (key, signal, work) => {
    const client = clients.get(key) ?? { inProgress: 0, waiting: [] };
    const queue = client.waiting.length;
    if (queue >= most.waiting || (queue > 0 && inAll >= most.waitingInAll))
      throw new Throttled('planning', PLANNING_RETRY_MS);
    clients.set(key, client);
    await wait(client, signal);
    try {
      return await work();
    } finally {
      client.inProgress -= 1;
      if (client.inProgress + client.waiting.length === 0) clients.delete(key);
      plan();
    }
  };
}
