/** A request before it is bytes: what a mutation changes. */

export interface HttpRequest {
  method: string;
  /** Path and query. */
  target: string;
  version: string;
  /** In order, as written: a name may stand twice. */
  headers: [string, string][];
  body: Buffer;
  /** How the body's end is told. */
  framing: 'length' | 'chunked' | 'as written';
}

/** The bytes on the wire. Header text is Latin-1, as servers read it, so any byte can be put there. */
export function toBytes({ method, target, version, headers, body, framing }: HttpRequest): Buffer {
  const framed: [string, string][] = [...headers];
  if (framing === 'length' && (body.length > 0 || method === 'POST')) framed.push(['content-length', `${body.length}`]);
  if (framing === 'chunked') framed.push(['transfer-encoding', 'chunked']);
  const head = [`${method} ${target} ${version}`, ...framed.map(([name, value]) => `${name}: ${value}`), '', ''];
  return Buffer.concat([Buffer.from(head.join('\r\n'), 'latin1'), framing === 'chunked' ? chunked(body) : body]);
}

const CHUNK = 1_000;

function chunked(body: Buffer): Buffer {
  const parts: (Buffer | string)[] = [];
  for (let at = 0; at < body.length; at += CHUNK) {
    const part = body.subarray(at, at + CHUNK);
    parts.push(`${part.length.toString(16)}\r\n`, part, '\r\n');
  }
  return Buffer.concat([...parts, '0\r\n\r\n'].map((part) => Buffer.from(part)));
}

/** A GraphQL request by POST. Every connection serves one, so it says that it will be closed. */
export const graphqlPost = (token: string | null, request: object): HttpRequest => ({
  method: 'POST',
  target: '/graphql',
  version: 'HTTP/1.1',
  headers: [
    ['host', '127.0.0.1'],
    ['connection', 'close'],
    ['content-type', 'application/json'],
    ...(token === null ? [] : [['authorization', `Bearer ${token}`] as [string, string]]),
  ],
  body: Buffer.from(JSON.stringify(request)),
  framing: 'length',
});
