/** How connections to subgraphs are opened, kept and closed: against servers that do what they may, and what they may not. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import net, { type AddressInfo, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import tls from 'node:tls';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createHttpTransport, type HttpTransportOptions } from '../../gateway/engine/transport/http-transport.ts';
import { atEnd } from '../kit/at-end.ts';
import { createAuthority } from '../kit/certificates.ts';

const REQUEST = { method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body: '{}' };
const BODY = '{"data":{}}';
const ANSWER = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${BODY.length}\r\n\r\n${BODY}`;

async function opened(server: Server, host = '127.0.0.1'): Promise<number> {
  await once(server.listen({ host, port: 0 }), 'listening');
  return (server.address() as AddressInfo).port;
}

function callOf(url: string, options: Partial<HttpTransportOptions> = {}) {
  const transport = createHttpTransport({ urls: { people: url }, timeoutMs: 2_000, ...options });
  atEnd(transport.close);
  return (request = REQUEST) => transport.call('people', request, new AbortController().signal);
}

/** A server of bytes: `answer` is called for each piece of a request that comes. */
async function serveBytes(answer: (socket: Socket, count: number) => void, options?: Partial<HttpTransportOptions>) {
  const sockets: Socket[] = [];
  let count = 0;
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => socket.destroy());
    socket.on('data', () => {
      count += 1;
      answer(socket, count);
    });
  });
  const port = await opened(server);
  atEnd(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { sockets, call: callOf(`http://127.0.0.1:${port}/graphql`, options) };
}

async function serve(answer: RequestListener) {
  const server = createServer(answer);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const port = await opened(server);
  atEnd(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { connections: () => connections, call: callOf(`http://127.0.0.1:${port}/graphql`) };
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a connection', () => {
  it.each<[string, RequestListener]>([
    ['with a length', (_, response) => response.writeHead(200, { ...JSON_TYPE, 'content-length': 11 }).end(BODY)],
    [
      'in chunks',
      (_, response) => {
        response.writeHead(200, JSON_TYPE).write(BODY.slice(0, 4));
        response.end(BODY.slice(4));
      },
    ],
  ])('is used again after an answer %s', async (_what, answer) => {
    const { call, connections } = await serve(answer);
    for (let round = 0; round < 5; round++) expect(await call()).toEqual({ status: 200, body: BODY });
    expect(connections()).toBe(1);
  });

  it('is not where the answer says that it will be closed', async () => {
    const { call, connections } = await serve((_, response) =>
      response.writeHead(200, { ...JSON_TYPE, connection: 'close' }).end(BODY),
    );
    for (let round = 0; round < 3; round++) expect((await call()).body).toBe(BODY);
    expect(connections()).toBe(3);
  });

  it.each([
    ['says nothing but its end', `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n${BODY}`],
    ['is of HTTP/1.0', `HTTP/1.0 200 OK\r\ncontent-type: application/json\r\n\r\n${BODY}`],
  ])('that ends with an answer is not used again: one that %s', async (_what, text) => {
    const { sockets, call } = await serveBytes((socket) => socket.end(text));
    for (let round = 0; round < 2; round++) expect((await call()).body).toBe(BODY);
    expect(sockets).toHaveLength(2);
  });

  it('is not kept longer than the subgraph says, and closed before the subgraph would', async () => {
    const text = ANSWER.replace('\r\n\r\n', '\r\nkeep-alive: timeout=2\r\n\r\n');
    const { sockets, call } = await serveBytes((socket) => socket.write(text));
    for (let round = 0; round < 2; round++) await call();
    expect(sockets).toHaveLength(2);
  });

  it('on which something comes that nobody asked for is closed, and that is no answer to what is asked next', async () => {
    const { sockets, call } = await serveBytes((socket, count) => {
      socket.write(ANSWER);
      if (count === 1) setTimeout(() => socket.write(ANSWER.replace('data', 'fake')), 10);
    });
    expect((await call()).body).toBe(BODY);
    await once(sockets[0] as Socket, 'close');
    expect((await call()).body).toBe(BODY);
    expect(sockets).toHaveLength(2);
  });

  it('on which more comes with an answer is not used again', async () => {
    const { sockets, call } = await serveBytes((socket) => socket.write(ANSWER + ANSWER.replace('data', 'fake')));
    for (let round = 0; round < 2; round++) expect((await call()).body).toBe(BODY);
    expect(sockets).toHaveLength(2);
  });

  it('whose request is not wholly taken when it is answered is not used again', async () => {
    const body = JSON.stringify({ query: 'x'.repeat(20 * 1024 * 1024) });
    const { sockets, call } = await serveBytes((socket) => {
      socket.pause();
      if (socket.bytesWritten === 0) socket.write(ANSWER);
    });
    expect((await call({ ...REQUEST, body })).body).toBe(BODY);
    expect((await call()).body).toBe(BODY);
    expect(sockets).toHaveLength(2);
  });

  it('that takes no more of a request is given up in time', async () => {
    const body = JSON.stringify({ query: 'x'.repeat(20 * 1024 * 1024) });
    const { call } = await serveBytes((socket) => void socket.pause(), { timeoutMs: 100 });
    await expect(call({ ...REQUEST, body })).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it.each([
    ['malformed', ANSWER.replace('content-length', 'content-length: 1\r\ncontent-length')],
    ['cut off', ANSWER.slice(0, -1)],
    ['cut off in its head', ANSWER.slice(0, 20)],
  ])('with an answer that is %s is a failed call, and no stale one', async (_what, text) => {
    const { sockets, call } = await serveBytes(
      (socket, count) => void (count === 1 ? socket.write(ANSWER) : socket.end(text)),
    );
    await call();
    await expect(call()).rejects.toMatchObject({ code: 'UNREACHABLE', wasStale: false });
    expect(sockets).toHaveLength(1);
  });

  it('that was closed while nobody used it is not used again', async () => {
    const { sockets, call } = await serveBytes((socket) => socket.write(ANSWER));
    await call();
    sockets[0]?.end();
    await once(sockets[0] as Socket, 'close');
    expect((await call()).body).toBe(BODY);
    expect(sockets).toHaveLength(2);
  });

  it.each([
    ['closes', (socket: Socket) => socket.destroy()],
    ['resets', (socket: Socket) => socket.resetAndDestroy()],
  ])('that the other side %s under many calls at once opens no circuit', async (_how, end) => {
    const states: string[] = [];
    const seen = new Set<Socket>();
    const { call } = await serveBytes(
      (socket) => {
        if (seen.has(socket)) end(socket);
        else setTimeout(() => socket.write(ANSWER), 20);
        seen.add(socket);
      },
      { onCircuit: (_name, state) => states.push(state) },
    );
    const many = () => Promise.allSettled(Array.from({ length: 10 }, () => call()));
    expect((await many()).every(({ status }) => status === 'fulfilled')).toBe(true);
    const failures = (await many()).map((outcome) => outcome.status === 'rejected' && outcome.reason);
    expect(failures).toMatchObject(Array(10).fill({ code: 'UNREACHABLE', wasStale: true }));
    expect(states).toEqual([]);
  });

  it('carries nothing of the request that it was opened for into what is told of a later one', async () => {
    const request = new AsyncLocalStorage<string>();
    const told: unknown[] = [];
    const { call } = await serveBytes(
      (socket, count) => void (count === 1 ? socket.write(ANSWER) : socket.end('SSH-2.0\r\n\r\n')),
      { circuit: { failures: 1, pauseMs: 1_000 }, onCircuit: () => told.push(request.getStore()) },
    );
    await request.run('first', () => call());
    await request.run('second', () => call().catch(() => undefined));
    expect(told).toEqual([undefined]);
  });

  it('that is closed with the transport ends its call', async () => {
    const transport = createHttpTransport({
      urls: { people: `http://127.0.0.1:${await opened(net.createServer())}/` },
      timeoutMs: 2_000,
    });
    const answer = transport.call('people', REQUEST, new AbortController().signal);
    const ended = expect(answer).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await transport.close();
    await ended;
    const later = transport.call('people', REQUEST, new AbortController().signal);
    await expect(later).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});

describe('an answer', () => {
  const answerTo = (id: string): string => {
    const body = `{"data":{"id":"${id}"}}`;
    return `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };
  const FAKE = answerTo('fake');
  /** What a server does with a request, by its id. */
  const MANNERS: Readonly<Record<string, (socket: Socket, id: string) => unknown>> = {
    answers: (socket, id) => socket.write(answerTo(id)),
    'answers late': (socket, id) => setTimeout(() => socket.write(answerTo(id)), 5),
    'answers in two pieces': (socket, id) => {
      socket.write(answerTo(id).slice(0, 50));
      setTimeout(() => socket.write(answerTo(id).slice(50)), 2);
    },
    'answers in chunks': (socket, id) =>
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${[
          ...`{"data":{"id":"${id}"}}`,
        ]
          .map((letter) => `1\r\n${letter}\r\n`)
          .join('')}0\r\n\r\n`,
      ),
    'says first that it goes on': (socket, id) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${answerTo(id)}`),
    'answers twice': (socket, id) => socket.write(answerTo(id) + FAKE),
    'answers and closes': (socket, id) => socket.end(answerTo(id)),
    closes: (socket) => socket.end(),
    resets: (socket) => socket.resetAndDestroy(),
    'says half': (socket, id) => socket.end(answerTo(id).slice(0, -3)),
    hangs: () => undefined,
    'is malformed': (socket, id) => socket.write(answerTo(id).replace('content-length', 'content-length : 1\r\nx')),
  };

  it('is that of its own request or none, whatever the subgraph does, and every call ends', async () => {
    let next = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom(...Object.keys(MANNERS)), { minLength: 10, maxLength: 60 }),
        async (manners) => {
          const server = net.createServer((socket) => {
            socket.on('error', () => socket.destroy());
            socket.on('data', (bytes) => {
              const [, manner = '', id = ''] = /"manner":"(.*?)","id":"(.*?)"/.exec(bytes.toString()) ?? [];
              MANNERS[manner]?.(socket, id);
            });
          });
          const sockets = new Set<Socket>();
          server.on('connection', (socket) => sockets.add(socket));
          const url = `http://127.0.0.1:${await opened(server)}/`;
          const circuit = { failures: 1_000, pauseMs: 1 };
          const transport = createHttpTransport({ urls: { people: url }, timeoutMs: 60, circuit });
          const outcomes = await Promise.all(
            manners.map(async (manner, index) => {
              await sleep(index % 7);
              const id = String(next++);
              const request = { ...REQUEST, body: JSON.stringify({ manner, id }) };
              const outcome = await transport
                .call('people', request, new AbortController().signal)
                .catch(({ code }) => code);
              return [outcome.body ?? outcome, `{"data":{"id":"${id}"}}`];
            }),
          );
          await transport.close();
          for (const socket of sockets) socket.destroy();
          server.close();
          for (const [outcome, own] of outcomes) expect([own, 'UNREACHABLE', 'TIMEOUT']).toContain(outcome);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('a request', () => {
  it('in letters of several bytes comes as it was sent', async () => {
    const bodies: string[] = [];
    const { call } = await serve(async (request, response) => {
      bodies.push(Buffer.concat(await request.toArray()).toString('utf8'));
      response.writeHead(200, JSON_TYPE).end('{"data":{"name":"Zoë 🎓"}}');
    });
    const body = JSON.stringify({ query: '{ a }', variables: { name: 'Zoë 🎓'.repeat(20_000) } });
    for (let round = 0; round < 2; round++)
      expect((await call({ ...REQUEST, body })).body).toBe('{"data":{"name":"Zoë 🎓"}}');
    expect(bodies).toEqual([body, body]);
  });

  const hasIPv6 = Object.values(networkInterfaces()).some((each) => each?.some(({ address }) => address === '::1'));
  it.skipIf(!hasIPv6)('goes to an address of IPv6', async () => {
    const server = createServer((_, response) => response.writeHead(200, JSON_TYPE).end(BODY));
    const port = await opened(server, '::1');
    atEnd(async () => void server.close());
    expect((await callOf(`http://[::1]:${port}/graphql`)()).body).toBe(BODY);
  });

  it('goes to http: and https: only', () => {
    expect(() => callOf('ftp://127.0.0.1/')).toThrow('to begin with http: or https:');
  });
});

describe('a connection by TLS', () => {
  const authority = createAuthority('An authority of tests');
  const trusted = tls.getCACertificates('default');
  afterEach(() => tls.setDefaultCACertificates(trusted));

  async function serveTls(place: { dns: string } | { ip: string }) {
    const asked: { servername: string | false | undefined; alpn: string | false | null }[] = [];
    let requests = 0;
    const server = createTlsServer(authority.issue(place), (_, response) => {
      requests += 1;
      response.writeHead(200, JSON_TYPE).end(BODY);
    });
    server.on('secureConnection', ({ servername, alpnProtocol }: tls.TLSSocket & { servername?: string }) =>
      asked.push({ servername, alpn: alpnProtocol }),
    );
    server.on('tlsClientError', () => undefined);
    const port = await opened(server);
    atEnd(async () => {
      server.closeAllConnections();
      server.close();
    });
    return { asked, port, requests: () => requests };
  }

  it('is made to a server whose certificate holds for its name, and kept', async () => {
    tls.setDefaultCACertificates([authority.cert]);
    const { asked, port } = await serveTls({ dns: 'localhost' });
    const call = callOf(`https://localhost:${port}/graphql`);
    for (let round = 0; round < 3; round++) expect(await call()).toEqual({ status: 200, body: BODY });
    expect(asked).toEqual([{ servername: 'localhost', alpn: 'http/1.1' }]);
  });

  it('is made to one whose certificate holds for its address, which is no name to ask for', async () => {
    tls.setDefaultCACertificates([authority.cert]);
    const { asked, port } = await serveTls({ ip: '127.0.0.1' });
    expect((await callOf(`https://127.0.0.1:${port}/graphql`)()).body).toBe(BODY);
    expect(asked).toMatchObject([{ servername: false }]);
  });

  it('is not made to a server that nobody vouches for, and nothing is sent to it', async () => {
    const { port, requests } = await serveTls({ dns: 'localhost' });
    await expect(callOf(`https://localhost:${port}/graphql`)()).rejects.toMatchObject({
      code: 'UNREACHABLE',
      cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' },
    });
    await sleep(50);
    expect(requests()).toBe(0);
  });

  it('is not made to a server whose certificate is another’s, and nothing is sent to it', async () => {
    tls.setDefaultCACertificates([authority.cert]);
    const { port, requests } = await serveTls({ dns: 'students.example' });
    for (const host of ['localhost', '127.0.0.1'])
      await expect(callOf(`https://${host}:${port}/graphql`)()).rejects.toMatchObject({
        code: 'UNREACHABLE',
        cause: { code: 'ERR_TLS_CERT_ALTNAME_INVALID' },
      });
    await sleep(50);
    expect(requests()).toBe(0);
  });

  it('is not made to a server that speaks no TLS', async () => {
    const port = await opened(net.createServer((socket) => socket.on('error', () => undefined).end(ANSWER)));
    await expect(callOf(`https://127.0.0.1:${port}/`)()).rejects.toMatchObject({ code: 'UNREACHABLE' });
  });
});
