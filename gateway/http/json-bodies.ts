/**
 * Bodies of JSON, which between systems is UTF-8 (RFC 8259, 8.1). Bytes that are none would each become U+FFFD: a name
 * that nobody has written, and two that differ would be one. A key that means an object's prototype is refused.
 */
import { parse } from 'secure-json-parse';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Null for what is no JSON. */
export function parseJson(bytes: Uint8Array): { value: unknown } | null {
  try {
    return { value: parse(utf8.decode(bytes), { protoAction: 'error', constructorAction: 'error' }) };
  } catch {
    return null;
  }
}
