/** What names a persisted operation on the wire, and in manifests. */
import { createHash } from 'node:crypto';

/**
 * The draft of GraphQL over HTTP has hashes as `sha256:<hex>` and lets a server have others; ids of Apollo's and Relay's
 * compilers are bare. https://github.com/graphql/graphql-over-http/blob/main/spec/Appendix%20A%20--%20Persisted%20Documents.md
 */
const ID = /^[\w.:+/=~-]{1,100}$/;
const PREFIXED_HASH = /^sha256:([0-9a-f]{64})$/i;
const HASH = /^[0-9a-f]{64}$/;

export const ID_EXPECTED =
  'the id of a persisted operation: up to 100 letters, digits and any of . : + / = ~ _ -, bare or as sha256:<64 hex digits>';

/** One spelling for each id: a prefixed hash without its prefix, in lower case. Null for what can be no id. */
export function readOperationId(value: unknown): string | null {
  if (typeof value !== 'string' || !ID.test(value)) return null;
  return PREFIXED_HASH.exec(value)?.[1]?.toLowerCase() ?? value;
}

/** Of an id that says it is a hash. */
export function isNotItsHash(id: unknown, text: string): boolean {
  const hash = typeof id === 'string' ? PREFIXED_HASH.exec(id)?.[1] : undefined;
  return hash !== undefined && hash.toLowerCase() !== sha256Of(text);
}

export const isSha256 = (id: string): boolean => HASH.test(id);

export const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
