import { networkInterfaces } from 'node:os';
import fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { serveMetrics } from './metrics-page.ts';

const server = fastify({ forceCloseConnections: true });
serveMetrics(server, { text: async () => 'metrics' }, { token: undefined, isProduction: false });
const port = Number(new URL(await server.listen({ host: '0.0.0.0', port: 0 })).port);
afterAll(() => server.close());

const outside = Object.values(networkInterfaces())
  .flat()
  .find((address) => address?.family === 'IPv4' && !address.internal)?.address;

describe('metrics that no token guards', () => {
  it('are there by an address that only this machine reaches', async () => {
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
    expect((await fetch(`http://127.0.0.2:${port}/metrics`)).status).toBe(200);
  });

  it.skipIf(!outside)(`are not there by one of the network${outside ? '' : ' (skipped: it has none)'}`, async () => {
    expect((await fetch(`http://${outside}:${port}/metrics`)).status).toBe(404);
  });

  it('are not there where the address is not known', async () => {
    expect((await server.inject('/metrics')).statusCode).toBe(404);
  });
});
