/** Calls over HTTP, against servers that do what a subgraph, or whatever stands in its place, might do. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EngineRequest } from '../../gateway/engine/engine.ts';
import { createSubgraphCaller } from '../../gateway/engine/signed-source.ts';
import { createHttpTransport, type HttpTransportOptions } from '../../gateway/engine/transport/http-transport.ts';
import { fetchGrants } from '../../gateway/policy/guest-grants.ts';
import { createSealer } from '../../subgraphs/kernel/envelope.ts';
import { atEnd } from '../kit/at-end.ts';

const REQUEST = { method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json' }, body: '{}' };
const JSON_TYPE = { 'content-type': 'application/json' };
const SEALER = createSealer([{ id: 'test', secret: Buffer.alloc(32, 1).toString('base64url') }]);
/** Beyond the time of a test. */
const PATIENT = { timeoutMs: 60_000 };
const whenever = (): AbortSignal => new AbortController().signal;

/** A connection takes another request a moment after its answer was read. */
const IDLE_MS = 20;

/** What came, and on how many connections. */
interface Seen {
  requests: { url: string | undefined; headers: IncomingHttpHeaders; body: string }[];
  connections: number;
}

async function serve(answer: RequestListener, options: Partial<HttpTransportOptions> = {}, path = '/graphql') {
  const seen: Seen = { requests: [], connections: 0 };
  const server = createServer(async (request, response) => {
    seen.requests.push({ url: request.url, headers: request.headers, body: await text(request) });
    answer(request, response);
  });
  server.on('connection', () => seen.connections++);
  await once(server.listen({ host: '127.0.0.1', port: 0 }), 'listening');
  const { port } = server.address() as AddressInfo;
  const urls = { people: `http://127.0.0.1:${port}${path}` };
  const transport = createHttpTransport({ urls, timeoutMs: 2_000, ...options });
  atEnd(async () => {
    await transport.close();
    server.closeAllConnections();
    server.close();
  });
  return { seen, transport, call: (signal = whenever()) => transport.call('people', REQUEST, signal) };
}

const ok: RequestListener = (_request, response) => response.writeHead(200, JSON_TYPE).end('{"data":{}}');

describe('a call over HTTP', () => {
  it('goes to the URL of its subgraph, but for a fragment, asks for no compression, and keeps its connection', async () => {
    const { seen, call } = await serve(ok, {}, '/inner/graphql?part=people#top');
    for (let round = 0; round < 3; round++) {
      expect(await call()).toEqual({ status: 200, body: '{"data":{}}' });
      await sleep(IDLE_MS);
    }
    expect(seen.connections).toBe(1);
    expect(seen.requests[0]).toMatchObject({
      url: '/inner/graphql?part=people',
      headers: { 'accept-encoding': 'identity', 'content-type': 'application/json' },
    });
  });

  it.each<[string, RequestListener, string]>([
    ['another status', (_, response) => response.writeHead(503, JSON_TYPE).end('{"data":{}}'), 'NO_ANSWER'],
    ['a redirect', (_, response) => response.writeHead(302, { ...JSON_TYPE, location: '/' }).end('{}'), 'NO_ANSWER'],
    ['a page', (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('{}'), 'NO_ANSWER'],
    ['no media type', (_, response) => response.writeHead(200).end('{}'), 'NO_ANSWER'],
    [
      'a compressed body',
      (_, response) => response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(gzipSync('{}')),
      'NO_ANSWER',
    ],
    [
      'an answer that says it is too large',
      (_, response) => response.writeHead(200, { ...JSON_TYPE, 'content-length': 10_001 }).flushHeaders(),
      'TOO_LARGE',
    ],
    ['one that is', (_, response) => response.writeHead(200, JSON_TYPE).end(' '.repeat(10_001)), 'TOO_LARGE'],
    ['a reset', (request) => request.socket.resetAndDestroy(), 'UNREACHABLE'],
  ])('that is answered with %s has failed', async (_what, answer, code) => {
    const { seen, call } = await serve(answer, { maxBytes: 10_000 });
    await expect(call()).rejects.toMatchObject({ name: 'SubgraphCallFailed', code });
    expect(seen.requests).toHaveLength(1);
  });

  it('of a foreign subgraph may be answered with another status, where the media type says that it is GraphQL’s', async () => {
    const type = { 'content-type': 'application/graphql-response+json; charset=utf-8' };
    const answer: RequestListener = (_, response) => response.writeHead(400, type).end('{"errors":[]}');
    const foreign = await serve(answer, { readsErrorStatuses: true });
    expect(await foreign.call()).toEqual({ status: 400, body: '{"errors":[]}' });
    const page = await serve((_, response) => response.writeHead(400, JSON_TYPE).end('{}'), {
      readsErrorStatuses: true,
    });
    await expect(page.call()).rejects.toMatchObject({ code: 'NO_ANSWER' });
    const own = await serve(answer);
    await expect(own.call()).rejects.toMatchObject({ code: 'NO_ANSWER' });
  });

  it('is not waited for longer than a call may take', async () => {
    const { call } = await serve(() => undefined, { timeoutMs: 50 });
    await expect(call()).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('is broken off at the other side, too, when its client goes away', async () => {
    const closed = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const { call } = await serve((request) => {
      request.socket.once('close', () => closed.resolve());
      arrived.resolve();
    }, PATIENT);
    const client = new AbortController();
    const answer = call(client.signal).catch(({ code }) => code);
    await arrived.promise;
    client.abort();
    expect(await answer).toBe('ABANDONED');
    await closed.promise;
  });

  it('takes no more connections than there are for a subgraph', async () => {
    const { seen, call } = await serve(() => undefined, { timeoutMs: 20_000 });
    const clients = new AbortController();
    const calls = Array.from({ length: 80 }, () => call(clients.signal));
    for (let look = 0; look < 100 && seen.connections < 32; look++) await sleep(50);
    await sleep(100);
    expect(seen.connections).toBe(32);
    clients.abort();
    await Promise.allSettled(calls);
  });
});

describe('a call that waits for a connection', () => {
  /** Answers a while after each call; the first one arrived when it says so. */
  async function busy(ms: number, options: Partial<HttpTransportOptions>) {
    const full = Promise.withResolvers<void>();
    let arrived = 0;
    const served = await serve(async (request, response) => {
      arrived += 1;
      if (arrived === MOST) full.resolve();
      await sleep(ms);
      ok(request, response);
    }, options);
    return { ...served, full: full.promise };
  }
  const MOST = 32;

  it('has all its time from when it is sent: a busy subgraph is not taken for one that hangs', async () => {
    const states: string[] = [];
    const { call } = await busy(150, { timeoutMs: 600, onCircuit: (_name, state) => states.push(state) });
    const answers = await Promise.allSettled(Array.from({ length: MOST * 8 }, () => call()));
    expect(answers.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(states).toEqual([]);
  });

  it('waits no longer than its client does, nor than the request may take, and is not sent', async () => {
    const { seen, call, full } = await busy(500, PATIENT);
    const others = Array.from({ length: MOST }, () => call());
    await full;
    const client = new AbortController();
    const waiting = Promise.all(
      [call(client.signal), call(AbortSignal.timeout(20))].map((each) => each.catch(({ code }) => code)),
    );
    client.abort();
    expect(await waiting).toEqual(['ABANDONED', 'DEADLINE']);
    await Promise.all([...others, call()]);
    expect(seen.requests).toHaveLength(MOST + 1);
  });
});

describe('the circuit of a subgraph', () => {
  const circuit = { failures: 2, pauseMs: 100 };

  it('opens after failures in a row, and closes when a trial is answered', async () => {
    let isDown = true;
    const { seen, call } = await serve(
      (request, response) => (isDown ? response.writeHead(500).end() : ok(request, response)),
      { circuit },
    );
    for (const code of ['NO_ANSWER', 'NO_ANSWER', 'CIRCUIT_OPEN', 'CIRCUIT_OPEN'])
      await expect(call()).rejects.toMatchObject({ code });
    expect(seen.requests).toHaveLength(2);
    isDown = false;
    await sleep(circuit.pauseMs + 20);
    expect((await call()).status).toBe(200);
    expect((await call()).status).toBe(200);
  });

  it('lets one call try while the others fail at once', async () => {
    let isHanging = false;
    const { seen, call } = await serve((_, response) => void (isHanging || response.writeHead(500).end()), {
      circuit,
      timeoutMs: 300,
    });
    for (let failure = 0; failure < circuit.failures; failure++) await call().catch(() => undefined);
    isHanging = true;
    await sleep(circuit.pauseMs + 20);
    const trial = call().catch(({ code }) => code);
    const other = call().catch(({ code }) => code);
    expect(await Promise.race([trial, other])).toBe('CIRCUIT_OPEN');
    expect(await trial).toBe('TIMEOUT');
    expect(seen.requests).toHaveLength(3);
  });

  it('is not opened by requests that the subgraph refuses: others’ are served', async () => {
    let isBad = true;
    const { call } = await serve(
      (request, response) => {
        if (isBad) response.writeHead(400, JSON_TYPE).end('{"errors":[{"message":"What is this?"}]}');
        else ok(request, response);
      },
      { circuit },
    );
    for (let round = 0; round < 5; round++) await expect(call()).rejects.toMatchObject({ code: 'NO_ANSWER' });
    isBad = false;
    expect((await call()).status).toBe(200);
  });

  it('is not opened by clients that go away, nor by answers that are too large', async () => {
    let isLarge = true;
    const { call } = await serve(
      (request, response) => {
        if (isLarge) response.writeHead(200, JSON_TYPE).end(' '.repeat(21));
        else ok(request, response);
      },
      { circuit, maxBytes: 20 },
    );
    for (let round = 0; round < 3; round++) {
      await expect(call(AbortSignal.abort())).rejects.toMatchObject({ code: 'ABANDONED' });
      await expect(call()).rejects.toMatchObject({ code: 'TOO_LARGE' });
    }
    isLarge = false;
    expect((await call()).status).toBe(200);
  });
});

describe('a kept connection that the server closes under a call', () => {
  const operation = { query: 'query { people }', variables: {} };
  const request: EngineRequest = {
    caller: null,
    operation: { id: '00000000-0000-7000-8000-000000000002', name: null },
    grants: [],
    signal: whenever(),
    hidden: [],
  };

  /** Answers the first call of a connection, and closes it under the second. */
  async function closing(answer: RequestListener = ok) {
    const served = new WeakSet<object>();
    const { seen, transport } = await serve((incoming, response) => {
      if (served.has(incoming.socket)) return incoming.socket.destroy();
      served.add(incoming.socket);
      return answer(incoming, response);
    });
    const reported: unknown[] = [];
    const ask = createSubgraphCaller(SEALER, transport, (_id, error) => reported.push(error));
    return { seen, reported, ask };
  }

  it('is no failure of a query: it is sent once more, in an envelope of its own', async () => {
    const { seen, ask } = await closing();
    for (let round = 0; round < 2; round++) {
      expect(await ask('people', { ...operation, isQuery: true }, request)).toEqual({ data: {}, errors: [] });
      await sleep(IDLE_MS);
    }
    expect(seen.requests).toHaveLength(3);
    expect(new Set(seen.requests.map(({ headers }) => headers['schoolgraph-nonce'])).size).toBe(3);
  });

  it('is no failure of a query, however many are kept that would be closed under it', async () => {
    const { seen, ask } = await closing(async (_request, response) => {
      await sleep(20);
      ok(_request, response);
    });
    const many = () =>
      Promise.all(Array.from({ length: 8 }, () => ask('people', { ...operation, isQuery: true }, request)));
    await many();
    const opened = seen.connections;
    expect(opened).toBe(8);
    expect(await ask('people', { ...operation, isQuery: true }, request)).toEqual({ data: {}, errors: [] });
    expect(seen.connections).toBe(opened + 1);
  });

  it('is no failure of asking for grants, which changes nothing', async () => {
    const grants = { data: { _entities: [{ guestGrant: 'granted' }] } };
    const { seen, ask } = await closing((_, response) =>
      response.writeHead(200, JSON_TYPE).end(JSON.stringify(grants)),
    );
    for (let round = 0; round < 2; round++) {
      const [granted] = await fetchGrants({ subgraph: 'people', typeName: 'Guest' }, ['1'], '', ask, request);
      expect(granted?.grant).toBe('granted');
      await sleep(IDLE_MS);
    }
    expect(seen.requests).toHaveLength(3);
  });

  it('is one of a change, which is never sent twice', async () => {
    const { seen, reported, ask } = await closing();
    expect((await ask('people', operation, request)).errors).toEqual([]);
    await sleep(IDLE_MS);
    expect((await ask('people', operation, request)).errors).toHaveLength(1);
    expect(seen.requests).toHaveLength(2);
    expect(reported).toMatchObject([{ code: 'UNREACHABLE', wasStale: true }]);
  });

  it('is a failure of a query whose second call is no luckier', async () => {
    const { seen, transport } = await serve((incoming) => incoming.socket.destroy());
    const ask = createSubgraphCaller(SEALER, transport, () => undefined);
    expect((await ask('people', { ...operation, isQuery: true }, request)).errors).toHaveLength(1);
    expect(seen.requests).toHaveLength(1);
  });

  it('without a sealer nothing goes along but GraphQL over HTTP, and of its errors only the code counts', async () => {
    const told = { message: 'no', extensions: { code: 'BAD_USER_INPUT', id: 'x', stacktrace: ['at …'] } };
    const { seen, transport } = await serve((_, response) =>
      response.writeHead(200, JSON_TYPE).end(JSON.stringify({ data: null, errors: [told] })),
    );
    const ask = createSubgraphCaller(null, transport, () => undefined);
    const answer = await ask('people', { ...operation, operationName: 'People' }, { ...request, grants: ['grant'] });
    expect(answer.errors).toEqual([{ message: 'no', extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(JSON.parse(seen.requests[0]?.body ?? '')).toEqual({ ...operation, operationName: 'People' });
    expect(Object.keys(seen.requests[0]?.headers ?? {}).filter((name) => name.startsWith('schoolgraph'))).toEqual([]);
  });
});
