/**
 * The thread that plans. It is given a supergraph when it is started, and from then on texts. Where there are fewer
 * processors than there is work, the threads that answer requests come first.
 */
import { constants, getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { PlannedMessage, PlanRequest } from './plan-in-thread.ts';
import { createPlanText } from './planner.ts';

// of this thread alone, on Linux; elsewhere it would be the whole process's
if (process.platform === 'linux') setPriority(Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL));

const plan = createPlanText(workerData as string);
const answer = (message: PlannedMessage): void => parentPort?.postMessage(message);

parentPort?.on('message', ({ id, operation }: PlanRequest) => {
  try {
    answer({ id, plan: plan(operation) });
  } catch (error) {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    answer({ id, failed: { name, message } });
  }
});
answer('ready');
