/** Mutations of what is around a body: method, path, headers, and how the body's end is told. */
import type { Random } from '../random.ts';
import type { HttpRequest } from './http-request.ts';

type MutateHttp = (request: HttpRequest, random: Random) => HttpRequest;

const withHeader = (request: HttpRequest, name: string, value: string): HttpRequest => ({
  ...request,
  headers: [...request.headers.filter(([each]) => each !== name), [name, value]],
});

const adding = (request: HttpRequest, ...headers: [string, string][]): HttpRequest => ({
  ...request,
  headers: [...request.headers, ...headers],
});

const METHODS = [
  'GET',
  'HEAD',
  'PUT',
  'DELETE',
  'PATCH',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'post',
  'QUERY',
  'P\u0000ST',
  '',
  'X'.repeat(300),
];
const TARGETS = [
  '/',
  '/graphql/',
  '//graphql',
  '/graphql/..',
  '/%67raphql',
  '/graphql%00',
  '/GRAPHQL',
  '*',
  'http://other.example/graphql',
  '/graphql?',
  '/graphql?query=%',
  '/graphql?query={__typename}',
  '/graphql?query=%7B__typename%7D&query=x',
  '/graphql?variables=[',
  '/graphql#x',
  '',
  'graphql',
  '/health/live',
  '/health/ready',
  '/health/../graphql',
  '/pictures/',
  '/pictures/x',
  `/pictures/${'A'.repeat(4_000)}`,
  '/pictures/%ff',
  '/metrics',
  '/sandbox',
  `/${'a'.repeat(20_000)}`,
  '/__proto__',
  '/graphql/ENTITIES',
];
const CONTENT_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/graphql',
  'application/json; charset=utf-16',
  'application/json; charset=utf-7',
  'application/json;charset="',
  'application/json, text/plain',
  'application/xml',
  '',
  ';',
  'a/b/c',
  'application/json\u0000',
  'APPLICATION/JSON',
  'application/graphql-response+json',
  'x'.repeat(3_000),
];
const ENCODINGS = ['gzip', 'br', 'deflate', 'identity', 'zstd', 'gzip, gzip', 'x', ''];
const ACCEPTS = [
  '',
  '*/*',
  'text/html',
  'application/graphql-response+json',
  'application/json;q=0',
  'multipart/mixed; deferSpec=20220824',
  'text/event-stream',
  'x',
  ';;',
  'a/b;q=9',
];
const AUTHORIZATIONS = [
  '',
  'Bearer',
  'Bearer ',
  'Bearer x',
  'Basic eDp4',
  'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.',
  `Bearer ${'a.'.repeat(4_000)}`,
  'bearer \u0000',
  'Bearer a b c',
  'Bearer é',
  'Digest x',
];
const LENGTHS = ['-1', '0', '1', '99999', '99999999999999999999', '1e3', '0x10', 'x', '', '5, 5', '+5'];
const ODD_HEADERS: readonly [string, string][] = [
  ['host', ''],
  ['host', 'other.example'],
  ['host', 'a b'],
  ['host', '['],
  ['x-forwarded-for', '1.2.3.4'],
  ['x-forwarded-host', 'other.example'],
  ['schoolgraph-caller', 'bnVsbA'],
  ['schoolgraph-signature', 'x'],
  ['x-user', 'admin'],
  ['expect', '100-continue'],
  ['expect', 'x'],
  ['upgrade', 'websocket'],
  ['upgrade', 'h2c'],
  ['connection', 'upgrade, http2-settings'],
  ['te', 'trailers'],
  ['trailer', 'x'],
  ['range', 'bytes=0-1'],
  ['cookie', 'a=b; '.repeat(500)],
  ['traceparent', 'x'],
  ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['baggage', 'x='.repeat(500)],
  ['origin', 'https://other.example'],
  ['origin', 'null'],
  ['access-control-request-method', 'POST'],
  ['x-http-method-override', 'DELETE'],
  ['apollo-require-preflight', ''],
  ['apollo-expose-query-plan', 'true'],
  ['apollo-federation-include-trace', 'ftv1'],
  ['if-none-match', '*'],
  ['bad name', 'x'],
  ['bad\u0000', 'x'],
  ['', 'x'],
  ['x', 'a\rb'],
  ['x', 'a\nb: c'],
  ['x', '\u0000'],
  ['x', '\u00ff\u00fe'],
  ['x', 'y'.repeat(20_000)],
  [' folded', 'x'],
];

const MANY_HEADERS = [90, 3_000];

export const HTTP_MUTATIONS: Readonly<Record<string, MutateHttp>> = {
  method: (request, random) => ({ ...request, method: random.pick(METHODS) }),
  target: (request, random) => ({ ...request, target: random.pick(TARGETS) }),
  'GET with a query': (request, random) => ({
    ...adding(request, ['apollo-require-preflight', '1']),
    method: 'GET',
    body: Buffer.alloc(0),
    target: `/graphql?${random.pick(['query', 'variables', 'operationName', 'extensions', 'QUERY'])}=${encodeURIComponent(random.bytes(random.below(40)).toString('latin1'))}&query=${encodeURIComponent('{ viewer { name } }')}`,
  }),
  version: (request, random) => ({
    ...request,
    version: random.pick(['HTTP/1.0', 'HTTP/0.9', 'HTTP/2.0', 'HTTP/1.2', 'HTTP/9', 'HTP/1.1', '']),
  }),
  'content type': (request, random) => withHeader(request, 'content-type', random.pick(CONTENT_TYPES)),
  'no content type': (request) => ({
    ...request,
    headers: request.headers.filter(([name]) => name !== 'content-type'),
  }),
  'two content types': (request, random) => adding(request, ['content-type', random.pick(CONTENT_TYPES)]),
  'content encoding': (request, random) => adding(request, ['content-encoding', random.pick(ENCODINGS)]),
  accept: (request, random) => adding(request, ['accept', random.pick(ACCEPTS)]),
  authorization: (request, random) => withHeader(request, 'authorization', random.pick(AUTHORIZATIONS)),
  'two authorizations': (request, random) => adding(request, ['authorization', random.pick(AUTHORIZATIONS)]),
  'odd header': (request, random) => adding(request, random.pick(ODD_HEADERS)),
  'odd headers': (request, random) => adding(request, ...random.some(ODD_HEADERS, 4)),
  'many headers': (request, random) =>
    adding(
      request,
      ...Array.from({ length: random.pick(MANY_HEADERS) }, (_, at) => [`x-${at}`, 'y'] as [string, string]),
    ),
  'no host': (request) => ({ ...request, headers: request.headers.filter(([name]) => name !== 'host') }),
  chunked: (request) => ({ ...request, framing: 'chunked' }),
  'a length that is not so': (request, random) => ({
    ...adding(request, ['content-length', random.pick(LENGTHS)]),
    framing: 'as written',
  }),
  'a length off by one': (request, random) => ({
    ...adding(request, ['content-length', `${request.body.length + random.pick([-1, 1])}`]),
    framing: 'as written',
  }),
  'two lengths': (request) => adding(request, ['content-length', `${request.body.length + 1}`]),
  'length and chunks': (request) => ({
    ...adding(request, ['content-length', `${request.body.length}`]),
    framing: 'chunked',
  }),
  'no end told': (request) => ({ ...request, framing: 'as written' }),
  'odd chunks': (request, random) => ({
    ...adding(request, [
      'transfer-encoding',
      random.pick(['chunked', 'chunked, chunked', 'gzip, chunked', 'identity', 'x', ' chunked', 'CHUNKED']),
    ]),
    framing: 'as written',
    body: Buffer.concat([
      Buffer.from(
        random.pick([
          '5\r\n',
          '-5\r\n',
          'ffffffffffffffff\r\n',
          'x\r\n',
          '5;a=b\r\n',
          '0\r\n\r\n',
          '\r\n',
          '5\n',
          '0x5\r\n',
          '00000005\r\n',
        ]),
      ),
      request.body,
      Buffer.from(random.pick(['', '\r\n0\r\n\r\n', '\r\n0\r\nx: y\r\n\r\n', '\r\n'])),
    ]),
  }),
  'two requests in one': (request, random) => ({
    ...request,
    framing: 'as written',
    body: Buffer.concat([
      request.body,
      Buffer.from(
        random.pick(['GET / HTTP/1.1\r\n\r\n', 'POST /graphql HTTP/1.1\r\ncontent-length: 2\r\n\r\n{}', 'x']),
      ),
    ]),
    headers: [...request.headers, ['content-length', `${request.body.length}`]],
  }),
};

/** Bytes of the whole message changed: of its first line, of its headers, anywhere. */
export function mutateWire(bytes: Buffer, random: Random): Buffer {
  const reach = random.chance(0.7) ? Math.min(bytes.length, 200) : bytes.length;
  const at = random.below(reach);
  const by = random.pick([
    random.bytes(1),
    Buffer.from('\r\n'),
    Buffer.from('\n'),
    Buffer.from('\u0000'),
    Buffer.from(' '),
    Buffer.alloc(0),
  ]);
  const gone = random.pick([0, 1, 1, 2, 20]);
  return Buffer.concat([bytes.subarray(0, at), by, bytes.subarray(at + gone)]);
}
