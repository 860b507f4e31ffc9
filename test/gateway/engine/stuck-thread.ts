/** A thread that answers everything at once with its own number, but for what is named `stuck`, or `filling` its memory. */
import { parentPort, threadId } from 'node:worker_threads';
import type { PlanRequest } from '../../../gateway/engine/planner/plan-in-thread.ts';

parentPort?.on('message', ({ id, operation }: PlanRequest) => {
  while (operation.includes('stuck'));
  for (const held: string[][] = []; operation.includes('filling'); ) held.push(Array.from({ length: 1_000 }, String));
  parentPort?.postMessage({ id, plan: { kind: 'QueryPlan', threadId } });
});
parentPort?.postMessage({ apiSdl: '' });
