import { describe, expect, it } from 'vitest';
import { smallGateway } from './small-gateway.ts';

const works = async () => {};
const hangs = () => new Promise<never>(() => {});
const fails = async () => {
  throw new Error('connect ECONNREFUSED 10.0.0.1:5432');
};

describe('health', () => {
  it.each([
    ['no step', {}, 200, { status: 'ready' }],
    ['steps that work', { database: works, worker: works }, 200, { status: 'ready' }],
    ['a step that fails', { database: fails, worker: works }, 503, { status: 'not ready', failed: ['database'] }],
    ['a step that never ends', { database: hangs }, 503, { status: 'not ready', failed: ['database'] }],
    ['all', { database: fails, worker: fails }, 503, { status: 'not ready', failed: ['database', 'worker'] }],
  ])('with %s is told with the failed steps’ names, and nothing of why', async (_steps, readiness, status, body) => {
    const response = await fetch(`${await smallGateway({ readiness })}/health/ready`);
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual(body);
  });

  it('lives, even where it is not ready', async () => {
    const response = await fetch(`${await smallGateway({ readiness: { database: fails } })}/health/live`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'live' });
  });
});
