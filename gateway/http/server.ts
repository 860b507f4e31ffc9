/** The HTTP server: how long a client may take, how much it may send, and what it is told where it sends no request. */
import { createServer as createHttpServer } from 'node:http';
import type { Socket } from 'node:net';
import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { refusedRequest } from './answers.ts';
import type { TakeRequest } from './graphql-endpoint.ts';

/** From a connection's, or a kept one's next request's, first moment until its headers are here. */
const HEADERS_MS = 4_000;

/** Until its body is here, too: of 64 KB, with room for a poor connection. */
const REQUEST_MS = 7_000;

/** How often connections are looked at for the two above. */
const LOOK_MS = 500;

/**
 * For how long a connection is kept for another request. A load balancer's own must be shorter, or it sends a request to
 * a connection that is just being closed.
 */
const STILL_MS = 4_000;

/** Each costs memory even where it is idle; a client that is refused one is told by the closed connection. */
const MOST_CONNECTIONS = 10_000;

/** Where limits are only measured; Fastify's own. */
export const MEASURED_BODY_BYTES = 1_048_576;

interface ServerOptions {
  mostBodyBytes: number;
  /** Has the first look at each request; what it does not take is for the routes. */
  takeFirst: TakeRequest;
}

export function createServer({ mostBodyBytes, takeFirst }: ServerOptions): FastifyInstance {
  const server = fastify({
    bodyLimit: mostBodyBytes,
    forceCloseConnections: 'idle',
    serverFactory(routes) {
      const timeouts = { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS, connectionsCheckingInterval: LOOK_MS };
      const http = createHttpServer({ ...timeouts, keepAliveTimeout: STILL_MS }, (request, response) => {
        if (!takeFirst(request, response)) routes(request, response);
      });
      http.maxConnections = MOST_CONNECTIONS;
      return http.setTimeout(STILL_MS);
    },
    clientErrorHandler: (error, socket) => refuseConnection(error.code, socket),
    frameworkErrors: ({ statusCode = 400 }, _request, reply: FastifyReply) => {
      reply.status(statusCode).headers(PLAIN_HEADERS).send(refusedRequest(statusCode));
    },
  });
  // a route that has a use for one reads it by itself: others are answered without
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', (_request, _body, done) => done(null));
  return server;
}

/** For answers that pass no hooks. */
const PLAIN_HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
} as const;

const STATUS_OF: Readonly<Record<string, readonly [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout'],
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Payload Too Large'],
};

/** What came is no HTTP request, or did not come in time: nobody else will answer. */
function refuseConnection(code: string, socket: Socket): void {
  if (socket.destroyed) return;
  const [status, phrase] = STATUS_OF[code] ?? [400, 'Bad Request'];
  const body = JSON.stringify(refusedRequest(status));
  const headers = { ...PLAIN_HEADERS, 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  if (socket.writable) socket.write(`HTTP/1.1 ${status} ${phrase}\r\n${lines.join('')}\r\n${body}`);
  socket.destroySoon();
}
