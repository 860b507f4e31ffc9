/**
 * What telemetry says of an error: its kind, its code, and where it was thrown. Never the message: that of a database or
 * a parser quotes what it was given, which may be somebody's.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KnownNames } from './known-names.ts';
import { CODE } from './value-types.ts';

export interface ErrorDescription {
  kind: string;
  code?: string;
  /** `subgraphs/kernel/paging.ts:12:3`, the innermost first. */
  at: string[];
  cause?: ErrorDescription;
}

const ROOT = join(import.meta.dirname, '../../..');
const MOST_PLACES = 12;
const LONGEST_LINE = 1_000;
const MOST_CAUSES = 4;

/** As errors call themselves; the first letter of pg's is small. */
const KIND =
  /^(?:[A-Z][A-Za-z]{0,60}(?:Error|Exception|Refused|Failed|Passed)|Refused|InvalidInput|Unauthenticated|Asked|error)$/;
const FRAME = /^\s+at (?:.*\()?(?<file>(?:file:\/\/)?\/[^():]+):(?<line>\d+):(?<column>\d+)\)?$/;

export function describeError(error: unknown, names: KnownNames, causes = MOST_CAUSES): ErrorDescription {
  if (!(error instanceof Error)) return { kind: 'no error', at: [] };
  const { code } = error as NodeJS.ErrnoException;
  return {
    kind: KIND.test(error.name) ? error.name : 'Error',
    ...(CODE.fits(code, names) && code && { code }),
    at: placesOf(error),
    ...(error.cause !== undefined && causes > 0 && { cause: describeError(error.cause, names, causes - 1) }),
  };
}

/** The stack begins with the message, whose lines may look like anything: only what names a file of ours is a place. */
function placesOf({ stack = '', message }: Error): string[] {
  const places: string[] = [];
  for (const line of stack.replaceAll(message, '').split('\n')) {
    if (places.length === MOST_PLACES) break;
    const frame = line.length < LONGEST_LINE ? FRAME.exec(line)?.groups : undefined;
    const file = frame?.file && fileOfOurs(frame.file);
    if (file) places.push(`${file}:${frame.line}:${frame.column}`);
  }
  return places;
}

/** From the project's root: where it lies on this machine is nobody's business. */
function fileOfOurs(named: string): string | null {
  const path = named.startsWith('file:') ? fileURLToPath(named) : named;
  return path.startsWith(`${ROOT}/`) && !path.includes('/../') && existsSync(path) ? path.slice(ROOT.length + 1) : null;
}
