/** How a request says which operation it means: by text, by the id of a persisted one, or by the hash of a text. */
import { ID_EXPECTED, readOperationId } from './operation-id.ts';
import { badRequest, idAndText } from './persisted-refusals.ts';

type Json = Readonly<Record<string, unknown>>;

/** A request as it came: of a POST the body, of a GET its parameters. */
export interface IncomingRequest {
  method: string;
  /** Of `/graphql/:id`; undefined for `/graphql`. */
  pathId: string | undefined;
  /** Parsed JSON. */
  body: unknown;
  params: URLSearchParams;
}

export interface AskedOperation {
  /** Null where there is a text alone, or nothing. */
  id: string | null;
  /** `hash`: as Apollo's clients send it, who may send the text along to have it kept. */
  by: 'documentId' | 'hash' | 'path' | null;
  text: string | null;
  variables: Json;
  operationName: string | null;
}

/** Throws GraphQLError where a request says two things at once, or says one as nobody can read it. */
export function readRequestForm(request: IncomingRequest): AskedOperation {
  const fields = request.method === 'GET' ? fieldsOf(request.params) : request.body;
  if (!isRecord(fields)) throw badRequest(BODY_EXPECTED);
  const { query, variables, operationName, extensions, documentId } = fields;
  const persisted = readExtensions(extensions);
  const asked = oneId(
    [
      ['path', request.pathId],
      ['documentId', documentId ?? undefined],
      ['hash', persisted],
    ],
    request.pathId !== undefined,
  );
  if (query !== undefined && query !== null && typeof query !== 'string')
    throw badRequest('Expected "query" to be a string: the text of an operation.');
  if (asked.id !== null && asked.by !== 'hash' && typeof query === 'string') throw idAndText();
  return {
    ...asked,
    text: query ?? null,
    variables: readVariables(variables),
    operationName: readOperationName(operationName),
  };
}

/** Whether it names no id, in whatever way: then it is for who reads texts. */
export function namesNoId({ method, pathId, body, params }: IncomingRequest): boolean {
  if (pathId !== undefined) return false;
  if (method === 'GET')
    return !params.has('documentId') && !(params.get('extensions') ?? '').includes('persistedQuery');
  if (!isRecord(body)) return true;
  const { documentId, extensions } = body;
  return (documentId ?? null) === null && !(isRecord(extensions) && 'persistedQuery' in extensions);
}

const BODY_EXPECTED =
  'Expected a body of JSON, of type application/json, like {"documentId": "sha256:…", "variables": {}}.';

const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fieldsOf(params: URLSearchParams): Json {
  const fields: Record<string, unknown> = {};
  for (const name of ['query', 'documentId', 'operationName', 'variables', 'extensions']) {
    const values = params.getAll(name);
    if (values.length > 1) throw badRequest('Expected each parameter of the address once.');
    if (values[0] !== undefined) fields[name] = isJsonParameter(name) ? parsed(name, values[0]) : values[0];
  }
  return fields;
}

const isJsonParameter = (name: string): boolean => name === 'variables' || name === 'extensions';

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest(`Expected "${name}" to be an object of JSON.`);
  }
}

function readVariables(value: unknown): Json {
  if (value === undefined || value === null) return {};
  if (!isRecord(value)) throw badRequest('Expected "variables" to be an object of JSON.');
  return value;
}

function readOperationName(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw badRequest('Expected "operationName" to be a string.');
  return value;
}

/** The hash of `persistedQuery`, where it is there: https://github.com/apollographql/apollo-link-persisted-queries#protocol */
function readExtensions(extensions: unknown): unknown {
  if (extensions === undefined || extensions === null) return undefined;
  if (!isRecord(extensions)) throw badRequest('Expected "extensions" to be an object of JSON.');
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return undefined;
  if (!isRecord(persistedQuery) || persistedQuery.version !== 1 || typeof persistedQuery.sha256Hash !== 'string')
    throw badRequest('Expected "persistedQuery" to be like {"version": 1, "sha256Hash": "<64 hex digits>"}.');
  return persistedQuery.sha256Hash;
}

type Place = readonly [by: NonNullable<AskedOperation['by']>, value: unknown];

/** An id in the path stands alone; elsewhere it may be said twice, if it is the same. */
function oneId(places: readonly Place[], isInPath: boolean): Pick<AskedOperation, 'id' | 'by'> {
  const given = places.filter(([, value]) => value !== undefined);
  if (isInPath && given.length > 1)
    throw badRequest('Expected the id of a persisted operation in the path alone: leave it out elsewhere.');
  const ids = given.map(([by, value]) => {
    const id = readOperationId(value);
    if (id === null) throw badRequest(`Expected ${NAMES[by]} to be ${ID_EXPECTED}.`);
    return { id, by };
  });
  const [first] = ids;
  if (ids.some(({ id }) => id !== first?.id)) throw badRequest('Expected one id, and not two that differ.');
  return first ?? { id: null, by: null };
}

const NAMES = { path: 'what follows /graphql/', documentId: '"documentId"', hash: '"sha256Hash"' } as const;
