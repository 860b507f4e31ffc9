/**
 * `/graphql`, and `/graphql/:id` for a persisted operation: what a request for the graph passes, in order. It is taken
 * before the server's other routes and passes none of their hooks, which take longer than a persisted operation does.
 */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { Unauthenticated } from '../auth/unauthenticated.ts';
import { payerOf } from '../policy/throttles/payer.ts';
import type { OriginHeaders } from './cors.ts';
import type { FastLane } from './fast-lane.ts';
import type { GraphRequest } from './graph-request.ts';
import { readSearch } from './graph-search.ts';
import { createIsHost } from './host-header.ts';
import {
  callerUnknown,
  failure,
  type HttpAnswer,
  HttpRefused,
  refusal,
  unauthenticated,
  withHeaders,
} from './http-answer.ts';
import type { ReportError } from './mask-errors.ts';
import type { ObservedRequest, ObserveRequest } from './observed-request.ts';
import { chargeHeaders } from './paying-requests.ts';
import { explainOf } from './query-plan-header.ts';
import { ClientGone, type ReadBody } from './request-body.ts';
import { createRequestSignal } from './request-signal.ts';
import { GRAPHQL_ROUTE, type GraphAddress, readGraphAddress } from './routes.ts';
import type { SpareWhoWaits } from './stalled-connections.ts';
import type { TextLane } from './text-lane.ts';

interface GraphqlEndpointDeps {
  observe: ObserveRequest;
  /** Told when a request begins, and by what it returns when that is over. */
  begin(): () => void;
  spare: SpareWhoWaits;
  /** Whether an answer is the last one of its connection. */
  isClosing(): boolean;
  /** Of every answer. */
  headers: HttpAnswer['headers'];
  originHeaders: OriginHeaders;
  /** The caller of an Authorization header; null without one. Throws Unauthenticated. */
  authenticate(authorization: string | undefined): Promise<Caller | null>;
  readBody: ReadBody;
  fastLane: FastLane;
  textLane: TextLane;
  reportError: ReportError;
  /** How long a request may take, in milliseconds. */
  deadlineMs: number;
}

const LAST = { connection: 'close' } as const;

/** False for a request that is none for the graph, of which nothing was read. */
export type TakeRequest = (request: IncomingMessage, response: ServerResponse) => boolean;

export function createGraphqlEndpoint(deps: GraphqlEndpointDeps): TakeRequest {
  const { observe, begin, spare, authenticate, readBody, fastLane, textLane, reportError, deadlineMs } = deps;
  const isHost = createIsHost();

  const callerOf = async (authorization: string | undefined): Promise<Caller | null> => {
    try {
      return await authenticate(authorization);
    } catch (error) {
      const isTold = error instanceof Unauthenticated;
      throw new HttpRefused(isTold ? unauthenticated(error.message) : callerUnknown(error, reportError));
    }
  };

  const answerTo = async (
    request: IncomingMessage,
    address: GraphAddress,
    signal: AbortSignal,
  ): Promise<HttpAnswer> => {
    const { headers } = request;
    if (headers.host !== undefined && !isHost(headers.host)) return refusal(400);
    const caller = await callerOf(headers.authorization);
    const method = request.method === 'GET' ? 'GET' : 'POST';
    const body = method === 'POST' ? await readBody(request) : undefined;
    let charged: HttpAnswer['headers'] | null = null;
    const own: GraphRequest['own'] = {
      caller,
      signal,
      // strangers are told apart by the address that the connection comes from: a header would be theirs to write
      payer: payerOf(caller, request.socket.remoteAddress ?? ''),
      charged(charge) {
        charged = chargeHeaders(charge);
      },
      explain: explainOf(headers),
    };
    const search = method === 'GET' ? readSearch(address.search) : '';
    const asked: GraphRequest = { method, pathId: address.pathId, search, headers, body, own };
    const answer = (await fastLane(asked)) ?? (await textLane(asked));
    return charged ? withHeaders(answer, charged) : answer;
  };

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    address: GraphAddress,
    observed: ObservedRequest,
  ): Promise<void> => {
    const end = begin();
    const written = spare(request.socket);
    const deadline = createRequestSignal(deadlineMs);
    response.once('close', () => {
      const isAnswered = response.writableFinished;
      deadline.end(isAnswered);
      written();
      end();
      observed.end(isAnswered ? response.statusCode : undefined);
    });
    const answer = await answerTo(request, address, deadline.signal).catch((error: unknown) =>
      refusedBy(error, reportError),
    );
    if (!answer) return;
    const bytes = typeof answer.body === 'string' ? Buffer.from(answer.body) : answer.body;
    response.writeHead(answer.status, {
      ...deps.headers,
      ...deps.originHeaders(request.headers.origin),
      // https://w3c.github.io/trace-context/#traceresponse-header
      traceresponse: observed.traceparent,
      ...(deps.isClosing() && LAST),
      ...answer.headers,
      'content-length': bytes.length,
    });
    response.end(bytes);
    written();
  };

  /** What cannot be written, not even that: a promise that nobody looks at would end the process, with everybody's requests. */
  const fail = (response: ServerResponse, error: unknown): void => {
    reportError(randomUUID(), error);
    response.destroy();
  };

  return (request, response) => {
    const { method = '', url = '' } = request;
    const address = method === 'POST' || method === 'GET' ? readGraphAddress(url) : null;
    if (!address || (method === 'POST' && address.route !== GRAPHQL_ROUTE)) return false;
    const observed = observe(method, address.route);
    observed.within(() => void serve(request, response, address, observed).catch((error) => fail(response, error)));
    return true;
  };
}

/** Null where there is nobody to answer. */
function refusedBy(error: unknown, reportError: ReportError): HttpAnswer | null {
  if (error instanceof HttpRefused) return error.answer;
  return error instanceof ClientGone ? null : failure(error, reportError);
}
