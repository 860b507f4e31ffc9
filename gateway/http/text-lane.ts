/** The lane of texts that are new: Apollo Server reads the request, and says what its answer is in HTTP. */
import type { IncomingHttpHeaders } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import type { DocumentNode, GraphQLError } from 'graphql';
import { Throttled } from '../policy/throttles/throttled.ts';
import type { GraphRequest } from './graph-request.ts';
import type { RequestContext } from './graphql.ts';
import { answerRefused } from './graphql-answer.ts';
import type { HttpAnswer } from './http-answer.ts';
import { type KnownTexts, textOf } from './known-texts.ts';
import type { ErrorMask } from './mask-errors.ts';
import { answerTypeFor, JSON_TYPE } from './media-types.ts';
import type { InTurn } from './new-texts.ts';
import { asThrottled } from './paying-requests.ts';

export type TextLane = (request: GraphRequest) => Promise<HttpAnswer>;

interface TextLaneDeps {
  apollo: Pick<ApolloServer<RequestContext>, 'executeHTTPGraphQLRequest'>;
  inTurn: InTurn;
  known: KnownTexts;
  formatError: ErrorMask;
}

export function createTextLane({ apollo, inTurn, known, formatError }: TextLaneDeps): TextLane {
  const read = async (request: GraphRequest): Promise<HttpAnswer> => {
    const { method, headers, search, body, own } = request;
    let isRefused = false;
    let document: DocumentNode | null = null;
    let errors: readonly GraphQLError[] = [];
    const contextValue: RequestContext = {
      ...own,
      told(ran, those) {
        document = ran;
        errors = those;
      },
      refused() {
        isRefused = true;
      },
    };
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, headers: headerMapOf(headers), search, body },
      context: async () => contextValue,
    });
    if (answer.body.kind !== 'complete')
      throw new Error('Expected an answer in one piece: none is sent in parts here.');
    const written = {
      status: answer.status ?? 200,
      headers: Object.fromEntries(answer.headers),
      body: answer.body.string,
    };
    const text = textOf(request);
    if (text !== null && document && written.status === 200) known.add(text, document);
    return asThrottled(isRefused ? byMediaType(written) : written, errors);
  };
  return async (request) => {
    try {
      return await inTurn(request, () => read(request));
    } catch (error) {
      if (!(error instanceof Throttled)) throw error;
      const type = answerTypeFor(request.headers.accept) ?? JSON_TYPE;
      return asThrottled(answerRefused([error], type, formatError), [error]);
    }
  };
}

/**
 * The status of a request that is well-formed HTTP and carries an operation that cannot be run. Who takes
 * `application/json` gets 200, because a client of that media type reads other statuses as coming from something between
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json); who takes
 * `application/graphql-response+json` gets 400. Apollo Server has chosen the media type by now.
 */
const byMediaType = (answer: HttpAnswer): HttpAnswer =>
  answer.status === 400 && answer.headers['content-type']?.startsWith('application/json')
    ? { ...answer, status: 200 }
    : answer;

function headerMapOf(headers: IncomingHttpHeaders): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers))
    if (value) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  return map;
}
