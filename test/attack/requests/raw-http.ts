/**
 * Sends bytes that need not be HTTP, and reads what comes back: every well-behaved client would refuse to write them.
 * One connection per call, reset at its end, so that many thousands leave no port waiting.
 */
import { connect } from 'node:net';

export type RawResult =
  | { kind: 'answered'; status: number; headers: ReadonlyMap<string, string>; body: Buffer }
  /** Ended by the server without a whole answer; `received` is what came of one. */
  | { kind: 'closed'; received: Buffer }
  /** Neither within the time. */
  | { kind: 'hanging'; received: Buffer };

interface RawOptions {
  port: number;
  /** How long to wait, in milliseconds. */
  patience: number;
  /** The method of the first request: an answer to HEAD has no body. */
  method: string;
  /**
   * After how long without an answer to say that nothing more comes (a half-closed connection), in milliseconds; null
   * leaves the server waiting. Said too early it looks like a client that has gone away.
   */
  halfCloseAfter: number | null;
}

export function sendRaw(bytes: Uint8Array, { port, patience, method, halfCloseAfter }: RawOptions): Promise<RawResult> {
  const { promise, resolve } = Promise.withResolvers<RawResult>();
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true, noDelay: true });
  const chunks: Buffer[] = [];
  const timer = setTimeout(() => end({ kind: 'hanging', received: Buffer.concat(chunks) }), patience);
  const saysMore = halfCloseAfter === null ? null : setTimeout(() => socket.end(), halfCloseAfter);
  const end = (result: RawResult) => {
    clearTimeout(timer);
    if (saysMore) clearTimeout(saysMore);
    socket.removeAllListeners('data').on('error', () => undefined);
    socket.resetAndDestroy();
    resolve(result);
  };
  const closed = () => {
    const received = Buffer.concat(chunks);
    end(readAnswer(received, method, true) ?? { kind: 'closed', received: withoutInterim(received) });
  };
  socket.on('error', closed).on('end', closed);
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    const answer = readAnswer(Buffer.concat(chunks), method, false);
    if (answer) end(answer);
  });
  socket.write(bytes);
  return promise;
}

/** `100 Continue` says that the rest may be sent, and is no part of an answer (RFC 9110, 15.2). */
function withoutInterim(received: Buffer): Buffer {
  const end = received.indexOf(HEAD_END);
  const isInterim = end >= 0 && /^HTTP\/1\.[01] 1\d\d/.test(received.toString('latin1', 0, end));
  return isInterim ? withoutInterim(received.subarray(end + HEAD_END.length)) : received;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** The first final answer (RFC 9112) in what was received, or null where it is not all there yet. */
function readAnswer(received: Buffer, method: string, isAll: boolean): RawResult | null {
  const end = received.indexOf(HEAD_END);
  if (end < 0) return null;
  const [statusLine = '', ...lines] = received.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(statusLine)?.[1] ?? Number.NaN);
  const rest = received.subarray(end + HEAD_END.length);
  if (status < 200) return readAnswer(rest, method, isAll);
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const body = method === 'HEAD' || status === 204 || status === 304 ? Buffer.alloc(0) : bodyOf(rest, headers, isAll);
  return body && { kind: 'answered', status, headers, body };
}

function bodyOf(rest: Buffer, headers: ReadonlyMap<string, string>, isAll: boolean): Buffer | null {
  if (headers.get('transfer-encoding')?.toLowerCase() === 'chunked') return unchunk(rest);
  const length = headers.get('content-length');
  if (length === undefined) return isAll ? rest : null;
  return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : null;
}

function unchunk(rest: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const line = rest.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(rest.subarray(at, line).toString('latin1'), 16);
    if (size === 0) return Buffer.concat(parts);
    const start = line + 2;
    if (!(rest.length >= start + size + 2)) return null;
    parts.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
