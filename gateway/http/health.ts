/** Whether the process lives, and whether it can serve: for load balancers and people on call. */
import type { FastifyInstance } from 'fastify';
import { inTime } from '../../subgraphs/kernel/in-time.ts';

/** Steps by name; one that throws says that the gateway cannot serve. */
export type Readiness = Readonly<Record<string, () => Promise<void>>>;

/** Of one step: who asks has no more patience either. */
const PATIENCE_MS = 1_000;

export function serveHealth(server: FastifyInstance, readiness: Readiness): void {
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    const failed: string[] = [];
    for (const [step, check] of Object.entries(readiness))
      await inTime(check(), PATIENCE_MS, `${step} did not answer in time.`).catch(() => failed.push(step));
    reply.status(failed.length === 0 ? 200 : 503);
    return failed.length === 0 ? { status: 'ready' } : { status: 'not ready', failed };
  });
}
