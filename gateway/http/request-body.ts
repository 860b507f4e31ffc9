/** The body of a request for the graph: its bytes, so many at the most, and what they say as JSON. */
import type { IncomingMessage } from 'node:http';
import { essenceOf } from './forged-requests.ts';
import { HttpRefused, refusal } from './http-answer.ts';
import { parseJson } from './json-bodies.ts';

export type ReadBody = (request: IncomingMessage) => Promise<unknown>;

/** The client went away before all of it was here: there is nobody to answer. */
export class ClientGone extends Error {
  constructor() {
    super('The client went away before its request was here.');
  }
}

/**
 * Undefined where there is none, and for plain text, of which Apollo Server and the fast lane say that a page of another
 * site could have sent it. Rejects with HttpRefused for what cannot be read, and with ClientGone.
 */
export const createReadBody =
  (mostBytes: number): ReadBody =>
  async (request) => {
    if (isEncoded(request)) throw new HttpRefused(refusal(415, ENCODED));
    const type = essenceOf(request.headers['content-type']);
    if (type === 'application/json') {
      const parsed = parseJson(await readBytes(request, mostBytes));
      if (!parsed) throw new HttpRefused(refusal(400));
      return parsed.value;
    }
    if (type === 'text/plain' || (type === null && hasNoBody(request))) return undefined;
    throw new HttpRefused(refusal(415));
  };

/** A piece takes some hundred bytes of memory, be it of one byte: what comes in more of them is put together meanwhile. */
const MOST_PIECES = 256;

/** RFC 9110, 15.5.16: what is taken instead is said. */
const ENCODED = {
  message: 'Expected a body as it is: one with a content encoding is not read here.',
  headers: { 'accept-encoding': 'identity' },
} as const;

const isEncoded = ({ headers }: IncomingMessage): boolean => {
  const encoding = headers['content-encoding'];
  return encoding !== undefined && encoding.trim().toLowerCase() !== 'identity';
};

const hasNoBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0;

function readBytes(request: IncomingMessage, mostBytes: number): Promise<Buffer> {
  // more than is read may still come: the connection cannot be used for another request
  const tooLong = () =>
    new HttpRefused(
      refusal(413, {
        message: `The body is longer than ${mostBytes} bytes: ask in parts.`,
        headers: { connection: 'close' },
      }),
    );
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) return Promise.reject(tooLong());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > mostBytes) {
        request.removeAllListeners('data').pause();
        reject(tooLong());
        return;
      }
      chunks.push(chunk);
      if (chunks.length === MOST_PIECES) chunks.splice(0, MOST_PIECES, Buffer.concat(chunks));
    });
    request.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    request.once('error', () => {});
    request.once('close', () => {
      if (!request.complete) reject(new ClientGone());
    });
  });
}
