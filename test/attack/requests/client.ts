/** Well-formed requests to the graph, many over few connections. */
import { Pool } from 'undici';

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  body: GraphqlBody;
}

interface GraphqlBody {
  data?: Record<string, unknown> | null;
  errors?: { message: string; path?: (string | number)[]; extensions?: Record<string, unknown> }[];
  extensions?: Record<string, unknown>;
}

export interface GraphqlRequest {
  query: string;
  variables?: Record<string, unknown>;
  operationName?: string;
}

export interface PersistedRequest extends Omit<GraphqlRequest, 'query'> {
  documentId: string;
}

export interface Client {
  /** Asks as whoever holds the token; nobody, where it is null. */
  ask(token: string | null, request: GraphqlRequest, options?: AskOptions): Promise<Reply>;
  /** The same for a persisted operation of the client that the token names. */
  askById(token: string | null, request: PersistedRequest, options?: AskOptions): Promise<Reply>;
  /** The text at another path of the graph; nobody is signed in. */
  textOf(path: string): Promise<string>;
  close(): Promise<void>;
}

export interface AskOptions {
  /** By GET, as GraphQL over HTTP lays it out; else by POST. */
  get?: boolean;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

const LONGEST_ANSWER_MS = 30_000;

export function createClient(url: string, connections = 16): Client {
  const pool = new Pool(url, { connections, headersTimeout: LONGEST_ANSWER_MS, bodyTimeout: LONGEST_ANSWER_MS });
  const ask = async (
    token: string | null,
    request: GraphqlRequest | PersistedRequest,
    { get = false, headers = {}, signal }: AskOptions = {},
  ): Promise<Reply> => {
    const {
      statusCode,
      headers: answered,
      body,
    } = await pool.request({
      method: get ? 'GET' : 'POST',
      path: get ? `/graphql?${parametersOf(request)}` : '/graphql',
      headers: {
        'content-type': 'application/json',
        ...(get && { 'apollo-require-preflight': '1' }),
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: get ? null : JSON.stringify(request),
      ...(signal && { signal }),
    });
    const text = await body.text();
    return { status: statusCode, headers: answered, text, body: parsed(text) };
  };
  return {
    ask,
    askById: ask,
    textOf: async (path) => (await pool.request({ method: 'GET', path })).body.text(),
    close: () => pool.close(),
  };
}

const parametersOf = ({ variables, ...texts }: GraphqlRequest | PersistedRequest): URLSearchParams =>
  new URLSearchParams({ ...texts, ...(variables && { variables: JSON.stringify(variables) }) });

function parsed(text: string): GraphqlBody {
  try {
    return JSON.parse(text) as GraphqlBody;
  } catch {
    return {};
  }
}
