/** Clients that take their time: those that hold a connection for nothing are cut off, those that wait for us are not. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, it } from 'vitest';
import { attackSlowly } from '../attack/attacks/slow-clients.ts';
import { startFront } from './front-gateway.ts';

const LONG_BYTES = 6 * 2 ** 20;
const SLOW_ANSWER_MS = 5_500;

const front = await startFront(
  { limitMode: 'measure' },
  {
    transport: {
      async call(_subgraph, { body }) {
        const isLong = body.includes('fails');
        if (!isLong) await sleep(SLOW_ANSWER_MS);
        return {
          status: 200,
          body: JSON.stringify({ data: isLong ? { fails: 'x'.repeat(LONG_BYTES) } : { pick: 1 } }),
        };
      },
    },
  },
);
const LONG = { path: '/graphql?query=%7Bfails%7D', length: LONG_BYTES };

describe.concurrent('a connection', () => {
  it('of a slow client is cut off within 10 s, whatever it is slow at, and honest callers are served meanwhile', async ({
    expect,
  }) => {
    const { signal } = new AbortController();
    const { held, honest } = await attackSlowly({ url: front.url, count: 100, long: LONG, signal });
    expect(new Set(held.map(({ name }) => name)).size).toBe(8);
    expect(held.filter(({ heldMs }) => heldMs === null || heldMs > 10_500)).toEqual([]);
    expect(honest.problems).toEqual([]);
    expect(honest.served).toBeGreaterThan(10);
    expect(honest.slowestMs).toBeLessThan(3_000);
  });

  it('of a client that waits for our answer is kept, for longer than one on which nothing happens', async ({
    expect,
  }) => {
    const answer = await front.ask('{ pick }');
    expect(answer.body).toEqual({ data: { pick: 1 } });
  });
});
