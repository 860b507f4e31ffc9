/**
 * The thread that plans. It is given a supergraph when it is started, and from then on texts. Where there are fewer
 * processors than there is work, the threads that answer requests come first.
 */
import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { parse } from 'graphql';
import { createApolloPlanner } from './apollo-planner.ts';
import type { PlannedMessage, PlanRequest, ReadyMessage } from './plan-in-thread.ts';

/**
 * Of a processor that both want, a quarter of the time: a plan takes four times as long then. At `PRIORITY_BELOW_NORMAL` it
 * would take ten times as long for each thread that wants it, too, and on a busy machine no plan would be there in time.
 */
const GIVES_WAY = 5;

const { apiSdl, plan } = createApolloPlanner(workerData as string);
// somebody waits for it to begin: it gives way from now on. Of this thread alone, on Linux; elsewhere of the whole process
if (process.platform === 'linux') setPriority(Math.max(getPriority(), GIVES_WAY));
const answer = (message: PlannedMessage | ReadyMessage): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ id, operation }: PlanRequest) => {
  try {
    answer({ id, plan: plan(parse(operation, { noLocation: true })) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    answer({ id, failed: { name, message } });
  }
});
answer({ apiSdl });
