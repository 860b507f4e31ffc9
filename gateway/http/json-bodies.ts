/**
 * Bodies of JSON, which between systems is UTF-8 (RFC 8259, 8.1). Bytes that are none would each become U+FFFD: a name
 * that nobody has written, and two that differ would be one. A key that means an object's prototype is refused.
 */
import type { FastifyInstance } from 'fastify';

/** Null for what is no JSON. */
export type ParseJson = (bytes: Uint8Array) => { value: unknown } | null;

/** Fastify's own parser, for which it needs no request. */
export function jsonParserOf(server: FastifyInstance): ParseJson {
  const parse = server.getDefaultJsonParser('error', 'error') as unknown as ParseText;
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  return (bytes) => {
    let read: { value: unknown } | null = null;
    const text = decoded(utf8, bytes);
    if (text !== null)
      parse(null, text, (error, value) => {
        if (!error) read = { value };
      });
    return read;
  };
}

type ParseText = (request: null, text: string, done: (error: Error | null, value?: unknown) => void) => void;

function decoded(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}
