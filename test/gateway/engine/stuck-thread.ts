/** A thread that answers everything at once with its own number, but for what is named `stuck`: that it never ends. */
import { parentPort, threadId } from 'node:worker_threads';
import type { PlanRequest } from '../../../gateway/engine/planner/plan-in-thread.ts';

parentPort?.on('message', ({ id, operation }: PlanRequest) => {
  while (operation.includes('stuck'));
  parentPort?.postMessage({ id, plan: { kind: 'QueryPlan', threadId } });
});
parentPort?.postMessage('ready');
