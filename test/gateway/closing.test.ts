/** Who has asked is answered, also when the gateway is being closed meanwhile. */
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startReloadable } from './reloadable-gateway.ts';
import { composed } from './small-graph.ts';

const supergraph = composed([{ name: 'slow', typeDefs: 'type Query { slow: String }', resolvers: {} }]);
const body = '{"query":"{ slow }"}';
const REQUEST = `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;

it('a request in flight is answered, and told that its connection ends', { timeout: 10_000 }, async () => {
  const called = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  const gateway = await startReloadable(supergraph, async () => {
    called.resolve();
    await done.promise;
    return { data: { slow: 'done' }, errors: [] };
  });
  const socket = connect({ host: '127.0.0.1', port: Number(new URL(gateway.url).port) });
  const ended = Promise.withResolvers<void>();
  let said = '';
  socket.on('data', (chunk) => {
    said += chunk.toString();
  });
  socket.on('close', () => ended.resolve());
  socket.write(REQUEST);
  await called.promise;
  const closed = gateway.close();
  // until it takes no new connections
  await expect
    .poll(() =>
      fetch(`${gateway.url}/health/live`).then(
        () => 'taken',
        () => 'refused',
      ),
    )
    .toBe('refused');
  done.resolve();
  await Promise.all([ended.promise, closed]);
  expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(said).toMatch(/\r\nconnection: close\r\n/i);
  expect(said).toContain('{"data":{"slow":"done"}}');
});
