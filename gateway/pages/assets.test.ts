import fastify from 'fastify';
import { expect, it } from 'vitest';
import { addressOf, serveAssets } from './assets.ts';

it('a file that could not be read is read again for the next who asks, and then kept', async () => {
  let reads = 0;
  const load = async () => {
    reads += 1;
    if (reads === 1) throw new Error('not read');
    return 'text';
  };
  const folder = { version: 'a', files: new Map([['page.css', load]]) };
  const server = fastify();
  serveAssets(server, [folder]);
  const ask = async () => (await server.inject({ url: addressOf(folder, 'page.css') })).statusCode;
  expect([await ask(), await ask(), await ask()]).toEqual([500, 200, 200]);
  expect(reads).toBe(2);
});
