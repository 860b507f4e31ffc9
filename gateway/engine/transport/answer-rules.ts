/** Which answers of a subgraph over HTTP are read, and how much of them. */
import { SubgraphCallFailed } from './call-failed.ts';
import type { AnswerRules } from './http1/answer-reader.ts';
import type { CallLimits } from './time-limit.ts';

/** https://graphql.github.io/graphql-over-http/draft/#sec-Media-Types */
const GRAPHQL_RESPONSE = 'application/graphql-response+json';
const MEDIA_TYPES: ReadonlySet<string> = new Set(['application/json', GRAPHQL_RESPONSE]);

export interface ReadOptions extends Pick<CallLimits, 'maxBytes'> {
  /** Whether another status than 200 may come with an answer: it may where the media type says that it is GraphQL's. */
  readsErrorStatuses: boolean;
}

/** They throw SubgraphCallFailed where it is none, or too large. */
export function createAnswerRules(subgraph: string, { maxBytes, readsErrorStatuses }: ReadOptions): AnswerRules {
  const grow = (to: number): void => {
    if (to > maxBytes) throw new SubgraphCallFailed(subgraph, 'TOO_LARGE');
  };
  return {
    accept({ status, contentType, contentEncoding = 'identity', body }) {
      const type = mediaTypeOf(contentType);
      const isAnswer = status === 200 || (readsErrorStatuses && status >= 400 && type === GRAPHQL_RESPONSE);
      // a compressed body may be a thousand times as large as what is counted (RFC 9110, 8.4)
      if (!isAnswer || contentEncoding !== 'identity' || !MEDIA_TYPES.has(type))
        throw new SubgraphCallFailed(subgraph, 'NO_ANSWER', { status });
      if (typeof body === 'number') grow(body);
    },
    grow,
  };
}

/** Without its parameters. */
function mediaTypeOf(header = ''): string {
  if (header === 'application/json; charset=utf-8' || header === 'application/json') return 'application/json';
  const [type = ''] = header.split(';', 1);
  return type.trim().toLowerCase();
}
