import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { atEnd } from '../../kit/at-end.ts';
import { collect, generateLoad } from './generate-load.ts';
import { percentile } from './percentile.ts';

/** Answers `/<status>/<body>`. */
async function startServer(delayMs = 0): Promise<number> {
  const server: Server = createServer(async (request, response) => {
    const [, status, body] = (request.url ?? '').split('/');
    await sleep(delayMs);
    response.writeHead(Number(status)).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

const get = (path: string): string => `GET ${path} HTTP/1.1\r\nhost: bench\r\n\r\n`;

describe('load', () => {
  it('is answered, and each answer is looked at', async () => {
    const port = await startServer();
    const requests = [get('/200/a'), get('/200/long'), get('/500/a')];
    expect(await collect({ kind: 'collect', port, requests })).toEqual([
      { status: 200, body: 'a' },
      { status: 200, body: 'long' },
      { status: 500, body: 'a' },
    ]);
    const order = {
      kind: 'load',
      port,
      requests,
      lengths: [1, 1, 1],
      connections: 2,
      seconds: 0,
      least: 30,
      rate: null,
    } as const;
    const { requests: made, failed, statuses, p50, p99 } = await generateLoad(order);
    expect(made).toBeGreaterThanOrEqual(30);
    expect(failed / made).toBeCloseTo(2 / 3, 1);
    expect(statuses).toEqual({ 200: expect.any(Number), 500: expect.any(Number) });
    expect(p99).toBeGreaterThanOrEqual(p50);
  });

  it('comes at its rate, also to a server that is slower: what waits for its turn is late', async () => {
    const order = {
      kind: 'load',
      requests: [get('/200/a')],
      lengths: [1],
      connections: 1,
      seconds: 0.2,
      rate: 100,
    } as const;
    const { requests, failed, p50 } = await generateLoad({ ...order, port: await startServer(20) });
    expect([requests, failed]).toEqual([20, 0]);
    expect(p50).toBeGreaterThan(60);
  });

  it('goes on until there was enough of it, where that is said', async () => {
    const order = { kind: 'load', requests: [get('/200/a')], lengths: [1], connections: 2, rate: null } as const;
    const { requests } = await generateLoad({ ...order, port: await startServer(5), seconds: 0.01, least: 20 });
    expect(requests).toBeGreaterThanOrEqual(20);
  });

  it('to a server that is gone fails', async () => {
    const order = { kind: 'load', port: 1, requests: [get('/200/a')], lengths: [1], connections: 1 } as const;
    const { requests, failed } = await generateLoad({ ...order, seconds: 0.05, rate: 100 });
    expect(failed).toBe(requests);
  });
});

it('a percentile is a value of those that there are', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile([7], 0.99), percentile([], 0.5)]).toEqual([
    50, 99, 7, 0,
  ]);
});
