/** The thread that plans. It is given a supergraph when it is started, and from then on texts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { PlannedMessage, PlanRequest } from './plan-in-thread.ts';
import { createPlanText } from './planner.ts';

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
