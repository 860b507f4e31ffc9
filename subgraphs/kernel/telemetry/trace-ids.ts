/**
 * Ids of traces and spans: random bytes as hexadecimal digits, taken from the system in blocks.
 * https://www.w3.org/TR/trace-context/#randomness-of-trace-id
 */
import { randomBytes } from 'node:crypto';

export interface TraceIds {
  /** 16 bytes. */
  traceId(): string;
  /** 8 bytes. */
  spanId(): string;
}

/** Of bytes. */
const BLOCK = 4_096;

export function createTraceIds(): TraceIds {
  let digits = '';
  let at = 0;
  const next = (length: number): string => {
    if (at + length > digits.length) {
      digits = randomBytes(BLOCK).toString('hex');
      at = 0;
    }
    at += length;
    return digits.slice(at - length, at);
  };
  return { traceId: () => next(32), spanId: () => next(16) };
}
