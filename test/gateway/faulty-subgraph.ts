/** A server in the place of a subgraph: hands calls on to the real one, until it is told to fail in some way. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { atEnd } from '../kit/at-end.ts';

export const FAULTS = [
  'refused',
  'reset',
  'hang',
  'slow drip',
  'status 500',
  'HTML',
  'half JSON',
  '200 MB',
  'redirect',
  'wrong length of _entities',
  'wrong type',
  'gzip bomb',
  'closed mid-way',
  'DNS gone',
] as const;

export type Fault = (typeof FAULTS)[number];

export interface FaultySubgraph {
  port: number;
  failWith(fault: Fault): Promise<void>;
  heal(): Promise<void>;
  /** Calls that reached it. */
  calls: number;
  /** Bytes of the large answers that were taken from it. */
  taken: number;
  /** Requests to the place that its redirects point to. */
  strayed: number;
}

/** What a subgraph of an attacker's, or a broken one, might say of where it runs. */
const INSIDE = 'Error: connect ECONNREFUSED 10.0.0.5:5432 at /srv/subgraphs/database.ts:12:3';

type Answering = (request: IncomingMessage, response: ServerResponse, around: Around) => unknown;

interface Around {
  /** What the real subgraph answers. */
  real(): Promise<Real>;
  took(bytes: number): void;
}

interface Real {
  status: number;
  body: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Some 200 MB of JSON, as fast as it is taken. */
const LARGE = 200 * 1024 * 1024;
const CHUNK = Buffer.alloc(1024 * 1024, ' ');
/** 100 MB in 100 KB. */
const BOMB = gzipSync(Buffer.alloc(100 * 1024 * 1024, ' '));

const altered =
  (change: (data: Record<string, unknown>) => unknown): Answering =>
  async (_request, response, { real }) => {
    const answer = JSON.parse((await real()).body) as { data: Record<string, unknown> };
    response.writeHead(200, JSON_TYPE).end(JSON.stringify({ ...answer, data: change(answer.data) }));
  };

const withObjectsForLists = (value: object): object =>
  Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, Array.isArray(inner) ? { nodes: INSIDE } : inner]),
  );

const ANSWERING: Readonly<Record<Exclude<Fault, 'refused' | 'DNS gone'>, Answering>> = {
  reset: (request) => request.socket.resetAndDestroy(),
  hang: () => undefined,
  async 'slow drip'(_request, response) {
    response.writeHead(200, JSON_TYPE);
    while (!response.destroyed) {
      response.write(' ');
      await sleep(20);
    }
  },
  'status 500': (_request, response) =>
    response.writeHead(500, JSON_TYPE).end(JSON.stringify({ errors: [{ message: INSIDE }] })),
  HTML: (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(`<pre>${INSIDE}</pre>`),
  'half JSON': (_request, response) => response.writeHead(200, JSON_TYPE).end('{"data":{"guestProfile":{"id":'),
  async '200 MB'(_request, response, { took }) {
    response.writeHead(200, JSON_TYPE);
    for (let size = 0; size < LARGE && !response.destroyed; size += CHUNK.length) {
      if (!response.write(CHUNK)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      took(CHUNK.length);
    }
    response.end('{"data":{}}');
  },
  redirect: (request, response) =>
    response.writeHead(307, { location: `http://${request.headers.host}/elsewhere` }).end(),
  'wrong length of _entities': altered(({ _entities: entities, ...data }) =>
    Array.isArray(entities) ? { _entities: entities.slice(1) } : { ...data, _entities: [] },
  ),
  'wrong type': altered(({ _entities: entities, ...data }) =>
    Array.isArray(entities) ? { _entities: entities.map(withObjectsForLists) } : withObjectsForLists(data),
  ),
  'gzip bomb': (_request, response) => response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(BOMB),
  'closed mid-way'(request, response) {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': 1_000 });
    response.write('{"data":', () => request.socket.destroy());
  },
};

/** In front of the subgraph at `url`, on a free port. */
export async function startFaultySubgraph(url: string): Promise<FaultySubgraph> {
  let fault: Fault | null = null;
  const took = (bytes: number): void => {
    state.taken += bytes;
  };
  const server: Server = createServer(async (request, response) => {
    if (request.url === '/elsewhere') state.strayed++;
    state.calls++;
    const body = await text(request);
    const real = async (): Promise<Real> => {
      const { method = 'POST', headers } = request;
      const answer = await fetch(url, { method, headers: passedOn(headers), body });
      return { status: answer.status, body: await answer.text() };
    };
    if (fault !== null && fault !== 'refused' && fault !== 'DNS gone')
      return ANSWERING[fault](request, response, { real, took });
    const answer = await real();
    response.writeHead(answer.status, JSON_TYPE).end(answer.body);
  });
  const listen = (port: number) => once(server.listen({ host: '127.0.0.1', port }), 'listening');
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  atEnd(async () => void (server.listening && (await stop())));
  const state: FaultySubgraph = {
    port,
    calls: 0,
    taken: 0,
    strayed: 0,
    async failWith(next) {
      fault = next;
      if (next === 'refused') await stop();
      // a name is asked for when a connection is made
      if (next === 'DNS gone') server.closeAllConnections();
    },
    async heal() {
      fault = null;
      if (!server.listening) await listen(port);
    },
  };
  return state;
}

function passedOn(headers: IncomingMessage['headers']): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => name.startsWith('schoolgraph-') || name === 'content-type');
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}
