/**
 * The thread that plans. It is given a supergraph when it is started, and from then on texts. Where there are fewer
 * processors than there is work, the threads that answer requests come first.
 */
import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { parse } from 'graphql';
import { createApolloPlanner } from './apollo-planner.ts';
import type { PlannedMessage, PlanRequest, ReadyMessage } from './plan-in-thread.ts';

// of this thread alone, on Linux; elsewhere it would be the whole process's
if (process.platform === 'linux') setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));

const { apiSdl, plan } = createApolloPlanner(workerData as string);
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
