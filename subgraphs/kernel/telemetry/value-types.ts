/**
 * The types of what telemetry may write. None of them is "text": what a client, a parser or a database wrote fits
 * nowhere, whatever it says.
 */
import { constants } from 'node:os';
import type { KnownNames, NameKind } from './known-names.ts';

export interface ValueType<Value> {
  fits(value: unknown, names: KnownNames): boolean;
  /** Never there: it carries the type of values that a caller may pass. */
  readonly value?: Value;
}

const type = <Value>(fits: ValueType<Value>['fits']): ValueType<Value> => ({ fits });

const text = <Value extends string = string>(pattern: RegExp): ValueType<Value> =>
  type((value) => typeof value === 'string' && pattern.test(value));

const oneOf = <const Values extends readonly string[]>(...values: Values): ValueType<Values[number]> =>
  type((value) => values.some((each) => each === value));

/** One of the names that were made known at boot. */
export const known = (kind: NameKind): ValueType<string> => type((value, names) => names.has(kind, value));

export const UUID = text(/^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/);

/** https://www.w3.org/TR/trace-context/#trace-id */
export const TRACE_ID = text(/^[\da-f]{32}$/);

/** SHA-256, as hexadecimal digits: of a text it says nothing but whether it is the same. */
export const HASH = text(/^[\da-f]{64}$/);

/** https://get-information-schools.service.gov.uk: of a school, in no way a person's. */
export const SCHOOL_URN = text(/^\d{5,6}$/);

export const COUNT = type<number>((value) => Number.isSafeInteger(value) && Number(value) >= 0);

export const DURATION = type<number>((value) => Number.isFinite(value) && Number(value) >= 0);

export const HTTP_STATUS = type<number>(
  (value) => Number.isInteger(value) && Number(value) > 99 && Number(value) < 600,
);

/** RFC 9110, 9.3, and RFC 5789. */
export const HTTP_METHOD = type<string>((value) => METHODS.has(value));
const METHODS = new Set<unknown>(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

export const OPERATION_TYPE = oneOf('query', 'mutation', 'subscription');

/** Of a call to a subgraph that did not serve it, or answered with an error that its client is not told. */
export const CALL_FAILURE = oneOf(
  'UNREACHABLE',
  'TIMEOUT',
  'DEADLINE',
  'ABANDONED',
  'CIRCUIT_OPEN',
  'NO_ANSWER',
  'TOO_LARGE',
  'INVALID_ANSWER',
  'SUBGRAPH_ERROR',
);

/** Why a call's envelope did not open. */
export const ENVELOPE_REFUSAL = oneOf('UNKNOWN_KEY', 'AUDIENCE', 'TIME', 'SIGNATURE', 'REPLAYED');

export const CIRCUIT_STATE = oneOf('closed', 'half_open', 'open');

export const CACHE_RESULT = oneOf('hit', 'miss');

export const RELOAD_RESULT = oneOf('swapped', 'kept');

/** What an app was told that asked for a token (RFC 6749, 5.2 and 4.1.2.1). */
export const TOKEN_OUTCOME = oneOf(
  'issued',
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'invalid_scope',
  'unsupported_grant_type',
  'temporarily_unavailable',
);

/** What is limited, by the limit's own name. */
export const LIMIT = oneOf(
  'tokens',
  'depth',
  'fields',
  'aliases',
  'selections',
  'directives',
  'list',
  'valueDepth',
  'introspectionDepth',
  'cost',
  'introspection',
);

export const CPU_MODE = oneOf('user', 'system');

/**
 * A code of ours, of the operating system, of Node and libraries that number theirs like it, or PostgreSQL's: not any
 * word in capitals, which a pupil number is, too.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export const CODE = type<string>(
  (value, names) =>
    typeof value === 'string' &&
    (names.has('code', value) ||
      CALL_FAILURE.fits(value, names) ||
      value in constants.errno ||
      LIBRARY_CODE.test(value) ||
      SQLSTATE.test(value)),
);
const LIBRARY_CODE = /^(?:ERR|UND_ERR|FST_ERR)_[A-Z\d]+(?:_[A-Z\d]+){0,8}$/;
const SQLSTATE = /^(?:0[0-3]|0[89ABFLPZ]|2[0-9A-F]|3[489]|3[BDF]|4[024]|5[34578]|72|F0|HV|P0|XX)[\dA-Z]{3}$/;
