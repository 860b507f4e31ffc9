/** What a subgraph's answer must be before anything of it is merged into a client's. */
import type { HiddenField } from '../../subgraphs/kernel/guest-access/hidden-fields.ts';
import type { ReadyOperation } from './subgraph-operation.ts';

export interface SubgraphError {
  message: string;
  path?: readonly (string | number)[];
  extensions?: Record<string, unknown>;
}

export interface SubgraphResult {
  data: Record<string, unknown> | null;
  errors: readonly SubgraphError[];
  /** The answer as it came, where it is passed on: then nothing of it was read. */
  text?: string;
}

export interface ReadResult extends SubgraphResult {
  hidden: readonly HiddenField[];
}

/** Of one answer: each is masked, logged and told again. */
const MAX_ERRORS = 1_000;

/** Null where the text is no GraphQL answer, or none to this operation. */
export function readResult(text: string, operation: ReadyOperation): ReadResult | null {
  if (operation.passes?.(text)) return { data: null, errors: [], hidden: [], text };
  return resultOf(parse(text), operation);
}

/** Null where it is no GraphQL answer, or none to this operation. */
export function resultOf(answer: unknown, operation: ReadyOperation): ReadResult | null {
  if (!isObject(answer)) return null;
  const { data = null, extensions } = answer;
  // some servers write null where there are none (https://spec.graphql.org/October2021/#sec-Response-Format)
  const errors = answer.errors ?? [];
  if (!Array.isArray(errors) || !errors.every(isError)) return null;
  const told = errors.slice(0, MAX_ERRORS).map(known);
  if (data === null) return told.length > 0 ? { data, errors: told, hidden: [] } : null;
  if (!isObject(data) || !answersRepresentations(data, operation) || operation.shape?.fits(data) === false) return null;
  return { data, errors: told, hidden: hiddenIn(extensions) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** https://www.apollographql.com/docs/federation/subgraph-spec#query_entities: one for each, in their order. */
function answersRepresentations(data: Record<string, unknown>, { entities: asked }: ReadyOperation): boolean {
  if (asked === null) return true;
  const { _entities: entities } = data;
  return (
    Array.isArray(entities) &&
    entities.length === asked &&
    entities.every((entity) => entity === null || isObject(entity))
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isError = (value: unknown): value is SubgraphError => isObject(value) && typeof value.message === 'string';

/** A place and extensions only where they are some. */
function known({ message, path, extensions }: SubgraphError): SubgraphError {
  const isPlace = Array.isArray(path) && path.every((key) => typeof key === 'string' || typeof key === 'number');
  return { message, ...(isPlace && { path }), ...(isObject(extensions) && { extensions }) };
}

function hiddenIn(extensions: unknown): HiddenField[] {
  const guestAccess = isObject(extensions) ? extensions.guestAccess : undefined;
  const hidden = isObject(guestAccess) ? guestAccess.hidden : undefined;
  return Array.isArray(hidden) ? hidden.filter(isHiddenField) : [];
}

const isHiddenField = (value: unknown): value is HiddenField =>
  isObject(value) && typeof value.field === 'string' && typeof value.reason === 'string';
