/** A graph with a planted bug: what stands between it and its callers changes what they ask, or what they are answered. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { request as send } from 'undici';
import type { AttackedGraph } from './attacked-graph.ts';

interface Asked {
  headers: Record<string, string>;
  body: string;
}

export interface Answered {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Bug {
  asked?(request: Asked): Asked;
  answered?(answer: Answered, request: Asked): Answered;
}

interface Sabotaged extends AttackedGraph {
  close(): Promise<void>;
}

/** Headers of one connection, which are not passed on (RFC 9110, 7.6.1); the body's length is told anew. */
const OF_THE_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host', 'expect'];

export async function sabotaged(
  graph: AttackedGraph,
  { asked = (request) => request, answered = (answer) => answer }: Bug,
): Promise<Sabotaged> {
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const changed = asked({ headers: plain(request.headers), body: await textOf(request) });
    const hasBody = changed.body !== '' && request.method !== 'GET' && request.method !== 'HEAD';
    const { statusCode, headers, body } = await send(new URL(request.url ?? '/', graph.url), {
      method: request.method ?? 'GET',
      headers: changed.headers,
      body: hasBody ? changed.body : null,
    });
    const answer = answered({ status: statusCode, headers: plain(headers), body: await body.text() }, changed);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request, response) => void pass(request, response).catch(() => response.destroy()));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    ...graph,
    url: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const plain = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || OF_THE_CONNECTION.includes(name) ? [] : [[name, String(value)]],
    ),
  );
