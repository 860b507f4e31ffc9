/**
 * The signed envelope of every call from the gateway to a subgraph in another process: HMAC-SHA256 over method, path,
 * audience, time, nonce, caller and body. A subgraph serves nothing that does not open: unsigned, stale, replayed,
 * altered, meant for another subgraph, or with another caller put in.
 */
import { createHmac, createSecretKey, hash, type KeyObject, randomUUID, timingSafeEqual } from 'node:crypto';
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

const REFUSALS = {
  UNKNOWN_KEY: 'The request is not signed with a key of this graph.',
  AUDIENCE: 'The request is meant for another subgraph.',
  TIME: 'The request is not of this moment.',
  SIGNATURE: 'The signature does not match the request.',
  REPLAYED: 'The request has been served before.',
} as const;

export class EnvelopeRefused extends Error {
  override name = 'EnvelopeRefused';
  readonly reason: keyof typeof REFUSALS;
  constructor(reason: keyof typeof REFUSALS) {
    super(REFUSALS[reason]);
    this.reason = reason;
  }
}

export interface Sealer {
  /** Seals a call to the subgraph `audience` for `caller` (null: nobody is signed in). */
  seal(audience: string, caller: Caller | null, body: string): SealedRequest;
}

export function createSealer(keys: readonly EnvelopeKey[], now: () => Date = () => new Date()): Sealer {
  const [key] = keys.map(readied);
  if (!key) throw new Error('The envelope needs a key: none was given.');
  return {
    seal(audience, caller, body) {
      const headers: Record<string, string> = {
        'content-type': 'application/json',
        [HEADER.key]: key.id,
        [HEADER.audience]: audience,
        [HEADER.time]: String(now().getTime()),
        [HEADER.nonce]: randomUUID(),
        [HEADER.caller]: Buffer.from(JSON.stringify(caller)).toString('base64url'),
      };
      const request = { method: 'POST', path: '/graphql', headers, body };
      headers[HEADER.signature] = sign(key, request).toString('base64url');
      return request;
    },
  };
}

interface ReadyKey {
  id: string;
  secret: KeyObject;
}

/** Once: a key that is read again for every signature costs several times what signing does. */
const readied = ({ id, secret }: EnvelopeKey): ReadyKey => ({ id, secret: createSecretKey(secret, 'base64url') });

type Headers = SealedRequest['headers'];

export interface Opener {
  /**
   * Refuses by the headers alone what cannot open, before a body is read for it. What passes may still be forged. Throws
   * EnvelopeRefused.
   */
  examine(headers: Headers): void;
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
  const ready = keys.map(readied);
  const seen = createNonceMemory();
  const examined = (headers: Headers, at: number): ReadyKey => {
    const key = ready.find(({ id }) => id === headers[HEADER.key]);
    if (!key) throw new EnvelopeRefused('UNKNOWN_KEY');
    if (headers[HEADER.audience] !== audience) throw new EnvelopeRefused('AUDIENCE');
    if (!(Math.abs(at - Number(headers[HEADER.time])) <= ENVELOPE_WINDOW_MS)) throw new EnvelopeRefused('TIME');
    if (signatureOf(headers).length !== SIGNATURE_BYTES) throw new EnvelopeRefused('SIGNATURE');
    return key;
  };
  return {
    examine: (headers) => void examined(headers, now().getTime()),
    open(request) {
      const { headers } = request;
      const at = now().getTime();
      const key = examined(headers, at);
      if (!timingSafeEqual(signatureOf(headers), sign(key, request))) throw new EnvelopeRefused('SIGNATURE');
      if (!seen.add(headers[HEADER.nonce] ?? '', at)) throw new EnvelopeRefused('REPLAYED');
      return JSON.parse(Buffer.from(headers[HEADER.caller] ?? '', 'base64url').toString('utf8')) as Caller | null;
    },
  };
}

/** SHA-256's. */
const SIGNATURE_BYTES = 32;

const signatureOf = (headers: Headers): Buffer => Buffer.from(headers[HEADER.signature] ?? '', 'base64url');

function sign({ secret }: ReadyKey, { method, path, headers, body }: SealedRequest): Buffer {
  const text = [
    method,
    path,
    headers[HEADER.audience],
    headers[HEADER.time],
    headers[HEADER.nonce],
    headers[HEADER.caller],
    hash('sha256', body, 'base64url'),
  ].join('\n');
  return createHmac('sha256', secret).update(text).digest();
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
