/** A thread that plans everything at once, but for what is named `stuck`: that it never ends. */
import { parentPort } from 'node:worker_threads';
import type { PlanRequest } from '../../../gateway/engine/planner/plan-in-thread.ts';

parentPort?.on('message', ({ id, operation }: PlanRequest) => {
  while (operation.includes('stuck'));
  parentPort?.postMessage({ id, plan: { kind: 'QueryPlan' } });
});
parentPort?.postMessage('ready');
