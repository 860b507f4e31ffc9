/**
 * Every label that a metric or a span may have, with the type of what it holds. The values of each are few: a label
 * whose values a client can choose would fill the memory of whoever keeps the metrics.
 */
import type { KnownNames } from './known-names.ts';
import {
  CACHE_RESULT,
  CALL_FAILURE,
  CIRCUIT_STATE,
  CPU_MODE,
  ENVELOPE_REFUSAL,
  HTTP_METHOD,
  HTTP_STATUS,
  known,
  LIMIT,
  OPERATION_TYPE,
  RELOAD_RESULT,
  TOKEN_OUTCOME,
  type ValueType,
} from './value-types.ts';

const LABELS = {
  'http.request.method': HTTP_METHOD,
  'http.route': known('route'),
  'http.response.status_code': HTTP_STATUS,
  'graphql.operation.type': OPERATION_TYPE,
  'subgraph.name': known('subgraph'),
  'client.name': known('client'),
  'graphql.field': known('field'),
  'event.name': known('event'),
  'error.type': CALL_FAILURE,
  'error.code': known('code'),
  'envelope.refusal': ENVELOPE_REFUSAL,
  'cache.result': CACHE_RESULT,
  'circuit.state': CIRCUIT_STATE,
  'limit.name': LIMIT,
  'reload.result': RELOAD_RESULT,
  'token.outcome': TOKEN_OUTCOME,
  'cpu.mode': CPU_MODE,
} as const;

export type LabelName = keyof typeof LABELS;

export type Labels = {
  readonly [Name in LabelName]?: NonNullable<(typeof LABELS)[Name]['value']> | undefined;
};

/** As they may be told. */
export type BoundedLabels = Readonly<Record<string, string | number | boolean>>;

/** https://opentelemetry.io/docs/specs/semconv/http/http-spans/: what a value that is not known is told as. */
export const OTHER = '_OTHER';

/** Undeclared labels are left out, undefined ones too; a value that does not fit is told as another. */
export function boundedLabels(labels: Labels, names: KnownNames): Record<string, string | number> {
  const bounded: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(labels)) {
    if (value === undefined || !Object.hasOwn(LABELS, name)) continue;
    const type: ValueType<unknown> = LABELS[name as LabelName];
    bounded[name] = type.fits(value, names) ? value : OTHER;
  }
  return bounded;
}
