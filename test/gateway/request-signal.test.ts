import { describe, expect, it } from 'vitest';
import { smallGateway } from './small-gateway.ts';

const REQUEST = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ query: '{ slow }' }),
};

describe('a call to a subgraph', () => {
  it('is told when the client has gone away', async () => {
    const called = Promise.withResolvers<AbortSignal>();
    const url = await smallGateway({
      transport: {
        call(_subgraph, _request, signal) {
          called.resolve(signal);
          const { promise, reject } = Promise.withResolvers<never>();
          signal.addEventListener('abort', () => reject(signal.reason));
          return promise;
        },
      },
    });
    const client = new AbortController();
    const answer = fetch(`${url}/graphql`, { ...REQUEST, signal: client.signal }).catch(() => 'gone');
    const signal = await called.promise;
    expect(signal.aborted).toBe(false);
    const aborted = new Promise((resolve) => signal.addEventListener('abort', resolve));
    client.abort();
    await aborted;
    expect(await answer).toBe('gone');
  });

  it('is not aborted by an answer that has arrived', async () => {
    const signals: AbortSignal[] = [];
    const url = await smallGateway({
      transport: {
        async call(_subgraph, _request, signal) {
          signals.push(signal);
          return { status: 200, body: '{"data":{"slow":"done"}}' };
        },
      },
    });
    const response = await fetch(`${url}/graphql`, REQUEST);
    expect(await response.json()).toEqual({ data: { slow: 'done' } });
    // by the time that the server answers another request it is done with the first
    await fetch(`${url}/health/live`);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
  });
});
