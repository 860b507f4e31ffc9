/** Every field that a log line may have, with the type of what it holds. What does not fit is not written. */
import { describeError, type ErrorDescription } from './describe-error.ts';
import type { KnownNames } from './known-names.ts';
import {
  CALL_FAILURE,
  CIRCUIT_STATE,
  CODE,
  COUNT,
  DURATION,
  ENVELOPE_REFUSAL,
  HASH,
  HTTP_METHOD,
  HTTP_STATUS,
  known,
  SCHOOL_URN,
  TRACE_ID,
  UUID,
  type ValueType,
} from './value-types.ts';

const FIELDS = {
  /** Under which a client was told of an internal error. */
  id: UUID,
  traceId: TRACE_ID,
  method: HTTP_METHOD,
  /** The pattern, `/pictures/:token`, and never the address. */
  route: known('route'),
  status: HTTP_STATUS,
  durationMs: DURATION,
  subgraph: known('subgraph'),
  /** By its place in the schema. */
  field: known('field'),
  failure: CALL_FAILURE,
  /** Of an error that a subgraph answered with, or of a refusal. */
  code: CODE,
  circuit: CIRCUIT_STATE,
  event: known('event'),
  eventId: UUID,
  /** Of the chain of a school; not there for the one of callers at none. */
  school: SCHOOL_URN,
  refusal: ENVELOPE_REFUSAL,
  /** A program that calls the graph, as its operator named it. */
  client: known('client'),
  /** Under which it was published, where that is a hash. */
  operationId: HASH,
  /** Of an operation's text, in one spelling. */
  operationHash: HASH,
  /** Of what is not told one by one. */
  count: COUNT,
} as const;

type Typed = { readonly [Name in keyof typeof FIELDS]?: NonNullable<(typeof FIELDS)[Name]['value']> | undefined };

/** `error`: anything that was thrown; it is described, never printed. */
export interface LogFields extends Typed {
  error?: unknown;
}

export const REDACTED = '[redacted]';

type WrittenFields = Record<string, string | number | ErrorDescription>;

/** By type: a field that is not declared, or holds what it may not, says no more than that it was there. */
export function writtenFields(fields: Readonly<Record<string, unknown>>, names: KnownNames): WrittenFields {
  const written: WrittenFields = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    if (name === 'error') written.error = describeError(value, names);
    else if (isDeclared(name)) written[name] = fits(FIELDS[name], value, names) ? inFewDigits(value) : REDACTED;
    else written[REDACTED] = REDACTED;
  }
  return written;
}

/** To thousandths, which is what clocks have: the digits beyond are noise, and ten of them may look like a pupil's number. */
const inFewDigits = (value: string | number): string | number =>
  typeof value === 'number' ? Math.round(value * 1_000) / 1_000 : value;

const isDeclared = (name: string): name is keyof typeof FIELDS => Object.hasOwn(FIELDS, name);

const fits = (type: ValueType<unknown>, value: unknown, names: KnownNames): value is string | number =>
  type.fits(value, names);
