/**
 * Plans in a thread of its own: a new operation takes tens of milliseconds to plan, and requests whose operations are
 * planned do not wait for that. A plan that takes too long ends its thread, and the others go on in a new one.
 */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { GraphQLError, print } from 'graphql';
import type { Planner, StartPlanner } from './planner.ts';

export interface PlanRequest {
  id: number;
  operation: string;
}

/** The first of its messages: it plans from now on. */
export type ReadyMessage = Pick<Planner, 'apiSdl'>;

export type PlannedMessage =
  | { id: number; plan: QueryPlan }
  | { id: number; failed: { name: string; message: string } };

/** What a plan may take, from when those before it are done. */
const MOST_MS = 10_000;

/**
 * Megabytes of its own. Short-lived objects of plans need no more room; V8 would take ten times as much and keep it. What a
 * single plan may fill ends its thread, not the process.
 */
const MEMORY = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 1_024 };

/** A thread that nobody has asked for anything holds memory, and takes a second to be there again. */
const IDLE_MS = 60_000;

interface Waiting extends PlanRequest {
  resolve(plan: QueryPlan): void;
  reject(error: Error): void;
}

interface Started extends ReadyMessage {
  worker: Worker;
}

interface ThreadOptions {
  memory?: ResourceLimits;
  mostMs?: number;
  idleMs?: number;
  /** The file that the thread runs. */
  thread?: URL;
}

const THREAD = new URL('./planner-thread.ts', import.meta.url);

export const createStartPlanner =
  ({ mostMs = MOST_MS, idleMs = IDLE_MS, memory = MEMORY, thread = THREAD }: ThreadOptions = {}): StartPlanner =>
  async (mendedSdl) => {
    /** In the order in which they are planned: the first is the one that the thread is at. */
    const waiting: Waiting[] = [];
    const start = (): Promise<Started> =>
      startThread(
        new Worker(thread, { workerData: mendedSdl, resourceLimits: memory }),
        receive,
        (error) => void replace(error),
      );
    let current: Promise<Started> | null = start();
    let timer: NodeJS.Timeout | undefined;
    /** The one that the timer is for: who asks behind it gives it no more time. */
    let timed: Waiting | undefined;
    let isClosed = false;
    let isReplacing = false;
    let last = 0;
    const { apiSdl } = await current;
    watch();

    function watch(): void {
      const [first] = waiting;
      if (first && first === timed) return;
      clearTimeout(timer);
      timed = first;
      if (isClosed) return;
      timer = first
        ? setTimeout(() => void replace(new Error('It took too long to plan.')), mostMs)
        : setTimeout(() => {
            // somebody may be just about to ask
            if (waiting.length === 0) void end();
          }, idleMs);
      timer.unref();
    }

    function receive(message: PlannedMessage): void {
      const index = waiting.findIndex(({ id }) => id === message.id);
      const [asked] = index < 0 ? [] : waiting.splice(index, 1);
      watch();
      if ('plan' in message) asked?.resolve(message.plan);
      else asked?.reject(asError(message.failed));
    }

    async function end(): Promise<void> {
      const ending = current;
      current = null;
      const started = await ending?.catch(() => null);
      if (!started) return;
      listenNoMore(started.worker);
      await started.worker.terminate();
    }

    /** What is being planned fails; the others are planned by the next thread. */
    async function replace(error: Error): Promise<void> {
      if (isReplacing) return;
      isReplacing = true;
      clearTimeout(timer);
      waiting.shift()?.reject(error);
      await end();
      isReplacing = false;
      if (waiting.length > 0) await post([...waiting]);
    }

    /** By the thread that there is, or by a new one. */
    async function post(asked: readonly PlanRequest[]): Promise<void> {
      try {
        current ??= start();
        const { worker } = await current;
        for (const { id, operation } of asked) worker.postMessage({ id, operation });
        watch();
      } catch (reason) {
        current = null;
        for (const each of waiting.splice(0)) each.reject(asError(reason));
      }
    }

    return {
      apiSdl,
      plan(operation) {
        if (isClosed) return Promise.reject(new Error('The planner is closed.'));
        const { promise, resolve, reject } = Promise.withResolvers<QueryPlan>();
        const asked = { id: ++last, operation: print(operation), resolve, reject };
        waiting.push(asked);
        // until the next thread is there: its order is that of those who wait
        if (!isReplacing) void post([asked]);
        return promise;
      },
      async close() {
        isClosed = true;
        clearTimeout(timer);
        for (const each of waiting.splice(0)) each.reject(new Error('The planner is closed.'));
        await end();
      },
    };
  };

/** The thread, when it plans. Rejects where it does not take the supergraph. */
async function startThread(
  worker: Worker,
  receive: (message: PlannedMessage) => void,
  failed: (error: Error) => void,
): Promise<Started> {
  const { apiSdl } = await new Promise<ReadyMessage>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The thread that plans ended before it began.')));
  });
  worker.removeAllListeners('error').removeAllListeners('exit').on('message', receive);
  // one that fails has ended, too: that is told once
  const fail = (error: Error): void => {
    listenNoMore(worker);
    failed(error);
  };
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('The thread that plans ended.')));
  // what waits for a plan holds the process, and not the thread that could make one
  worker.unref();
  return { worker, apiSdl };
}

/** An error that nobody listens to would end the process. */
const listenNoMore = (worker: Worker): void => void worker.removeAllListeners().on('error', () => {});

/** As it was thrown there, as far as anybody here looks at it. */
function asError(failed: unknown): Error {
  const { name, message } = failed as { name: string; message: string };
  if (name === 'RangeError') return new RangeError(message);
  return name === 'GraphQLError' ? new GraphQLError(message) : new Error(message);
}
