/** Reads the answer of a subgraph over HTTP, as much of it as may be read. */
import type { Dispatcher } from 'undici';
import type { SubgraphAnswer } from '../engine.ts';
import { SubgraphCallFailed } from './call-failed.ts';
import type { CallLimits } from './time-limit.ts';

/** https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types */
const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const MEDIA_TYPES: ReadonlySet<string> = new Set(['application/json', GRAPHQL_RESPONSE]);

export interface ReadOptions extends Pick<CallLimits, 'maxBytes'> {
  /** Whether another status than 200 may come with an answer: it may where the media type says that it is GraphQL's. */
  readsErrorStatuses: boolean;
}

/** Throws SubgraphCallFailed; what is left of the body is not read. */
export async function readAnswer(
  subgraph: string,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { maxBytes, readsErrorStatuses }: ReadOptions,
): Promise<SubgraphAnswer> {
  try {
    const type = String(headers['content-type'] ?? '')
      .split(';', 1)[0]
      ?.trim()
      .toLowerCase();
    const isAnswer = statusCode === 200 || (readsErrorStatuses && statusCode >= 400 && type === GRAPHQL_RESPONSE);
    // a compressed body may be a thousand times as large as what is counted (RFC 9110, 8.4)
    const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
    if (!isAnswer || !isPlain || !MEDIA_TYPES.has(type ?? ''))
      throw new SubgraphCallFailed(subgraph, 'NO_ANSWER', { status: statusCode });
    if (Number(headers['content-length'] ?? 0) > maxBytes) throw new SubgraphCallFailed(subgraph, 'TOO_LARGE');
    return { status: statusCode, body: await readText(subgraph, body, maxBytes) };
  } catch (error) {
    // closes the connection; the body says that it was not read to its end, which is known
    body.on('error', () => undefined).destroy();
    throw error;
  }
}

async function readText(subgraph: string, body: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > maxBytes) throw new SubgraphCallFailed(subgraph, 'TOO_LARGE');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
