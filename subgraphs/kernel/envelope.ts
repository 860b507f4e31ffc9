/**
 * The signed envelope of every call from the gateway to a subgraph, over HTTP or in process: HMAC-SHA256 over method,
 * path, audience, time, nonce, caller and body. A subgraph serves nothing that does not open: unsigned, stale, replayed,
 * altered, meant for another subgraph, or with another caller put in.
 */
import { createHash, createHmac, randomUUID, timingSafeEqual } from 'node:crypto';
import type { Caller } from './caller.ts';

/** Two keys may live at once, so that one can be replaced without a pause: the first signs, each of them opens. */
export interface EnvelopeKey {
  id: string;
  /** At least 32 bytes, base64url. */
  secret: string;
}

export interface SealedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  /** JSON text: `{ query, variables, operationName, extensions: { grants } }`. */
  body: string;
}

/** How long a sealed request may be under way, and how far two clocks may differ, in milliseconds. */
export const ENVELOPE_WINDOW_MS = 30_000;

const HEADER = {
  audience: 'schoolgraph-audience',
  time: 'schoolgraph-time',
  nonce: 'schoolgraph-nonce',
  caller: 'schoolgraph-caller',
  key: 'schoolgraph-key',
  signature: 'schoolgraph-signature',
} as const;

export class EnvelopeRefused extends Error {
  override name = 'EnvelopeRefused';
}

export interface Sealer {
  /** Seals a call to the subgraph `audience` for `caller` (null: nobody is signed in). */
  seal(audience: string, caller: Caller | null, body: string): SealedRequest;
}

export function createSealer(keys: readonly EnvelopeKey[], now: () => Date = () => new Date()): Sealer {
  const [key] = keys;
  if (!key) throw new Error('The envelope needs a key: none was given.');
  return {
    seal(audience, caller, body) {
      const fields = {
        audience,
        time: String(now().getTime()),
        nonce: randomUUID(),
        caller: Buffer.from(JSON.stringify(caller)).toString('base64url'),
      };
      const request = { method: 'POST', path: '/graphql', body };
      const headers: Record<string, string> = { 'content-type': 'application/json', [HEADER.key]: key.id };
      for (const [name, value] of Object.entries(fields)) headers[HEADER[name as keyof typeof fields]] = value;
      headers[HEADER.signature] = sign(key, request, headers).toString('base64url');
      return { ...request, headers };
    },
  };
}

export interface Opener {
  /** The caller of a sealed request. Throws EnvelopeRefused. */
  open(request: SealedRequest): Caller | null;
}

/** An opener for one subgraph. It remembers the nonces of one window, so a request opens once in this process. */
export function createOpener(
  audience: string,
  keys: readonly EnvelopeKey[],
  now: () => Date = () => new Date(),
): Opener {
  if (keys.length === 0) throw new Error('The envelope needs a key: none was given.');
  const seen = createNonceMemory();
  return {
    open(request) {
      const header = (name: keyof typeof HEADER) => request.headers[HEADER[name]] ?? '';
      const key = keys.find((candidate) => candidate.id === header('key'));
      if (!key) throw new EnvelopeRefused('The request is not signed with a key of this graph.');
      const given = Buffer.from(header('signature'), 'base64url');
      const expected = sign(key, request, request.headers);
      if (given.length !== expected.length || !timingSafeEqual(given, expected))
        throw new EnvelopeRefused('The signature does not match the request.');
      if (header('audience') !== audience) throw new EnvelopeRefused('The request is meant for another subgraph.');
      const [time, at] = [Number(header('time')), now().getTime()];
      if (!(Math.abs(at - time) <= ENVELOPE_WINDOW_MS)) throw new EnvelopeRefused('The request is not of this moment.');
      if (!seen.add(header('nonce'), at)) throw new EnvelopeRefused('The request has been served before.');
      return JSON.parse(Buffer.from(header('caller'), 'base64url').toString('utf8')) as Caller | null;
    },
  };
}

function sign(
  key: EnvelopeKey,
  request: Omit<SealedRequest, 'headers'>,
  headers: Readonly<Record<string, string>>,
): Buffer {
  const text = [
    request.method,
    request.path,
    headers[HEADER.audience],
    headers[HEADER.time],
    headers[HEADER.nonce],
    headers[HEADER.caller],
    createHash('sha256').update(request.body).digest('base64url'),
  ].join('\n');
  return createHmac('sha256', Buffer.from(key.secret, 'base64url')).update(text).digest();
}

/** Two generations, swapped once a window: a nonce is remembered for at least twice the window, memory stays bounded. */
function createNonceMemory() {
  let [current, previous, swapAt] = [new Set<string>(), new Set<string>(), 0];
  return {
    /** False where the nonce was seen. */
    add(nonce: string, at: number): boolean {
      if (at > swapAt) [current, previous, swapAt] = [new Set(), current, at + 2 * ENVELOPE_WINDOW_MS];
      if (current.has(nonce) || previous.has(nonce)) return false;
      current.add(nonce);
      return true;
    },
  };
}
