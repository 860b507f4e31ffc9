/** Reads the answer of a subgraph over HTTP, as much of it as may be read. */
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

type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** An answer that is coming in. Its methods throw SubgraphCallFailed where it is none, or too large. */
export interface IncomingAnswer {
  begin(status: number, headers: Headers): void;
  add(chunk: Buffer): void;
  end(): SubgraphAnswer;
}

export function createIncomingAnswer(subgraph: string, { maxBytes, readsErrorStatuses }: ReadOptions): IncomingAnswer {
  const chunks: Buffer[] = [];
  let size = 0;
  let status = 0;
  const grow = (to: number): void => {
    if (to > maxBytes) throw new SubgraphCallFailed(subgraph, 'TOO_LARGE');
  };
  return {
    begin(statusCode, headers) {
      status = statusCode;
      const type = mediaTypeOf(headers['content-type']);
      const isAnswer = status === 200 || (readsErrorStatuses && status >= 400 && type === GRAPHQL_RESPONSE);
      // a compressed body may be a thousand times as large as what is counted (RFC 9110, 8.4)
      const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
      if (!isAnswer || !isPlain || !MEDIA_TYPES.has(type))
        throw new SubgraphCallFailed(subgraph, 'NO_ANSWER', { status });
      grow(Number(headers['content-length'] ?? 0));
    },
    add(chunk) {
      size += chunk.length;
      grow(size);
      chunks.push(chunk);
    },
    end() {
      const [only] = chunks;
      const body = only && chunks.length === 1 ? only : Buffer.concat(chunks, size);
      return { status, body: body.toString('utf8') };
    },
  };
}

/** Without its parameters. */
function mediaTypeOf(header: string | string[] | undefined): string {
  if (header === 'application/json; charset=utf-8' || header === 'application/json') return 'application/json';
  const [type = ''] = String(header ?? '').split(';', 1);
  return type.trim().toLowerCase();
}
