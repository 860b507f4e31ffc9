/**
 * The lane of operations that are known: what a request names is looked up, and run. Everything after the looking up both
 * lanes share: admission, rights, guest access, the record, errors. It takes persisted operations, texts that came under
 * their hash, those of clients whose texts must be listed, and those that have been run before.
 */
import type { OperationResult } from '../operations/complete-answer.ts';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import {
  createFindOperation,
  type FoundOperation,
  type SearchedGraph,
} from '../operations/persisted/find-operation.ts';
import type { FollowedLists } from '../operations/persisted/followed-lists.ts';
import { badRequest } from '../operations/persisted/persisted-refusals.ts';
import { type IncomingRequest, namesNoId, readRequestForm } from '../operations/persisted/request-form.ts';
import { RequestRefused, refusing } from '../operations/request-refused.ts';
import type { OperationRequest, RunOperation } from '../operations/run-operation.ts';
import { couldBeForged, essenceOf, FORGED } from './forged-requests.ts';
import type { GraphRequest } from './graph-request.ts';
import { answerFailed, answerRefused, answerResult } from './graphql-answer.ts';
import type { HttpAnswer } from './http-answer.ts';
import { type KnownTexts, textOf } from './known-texts.ts';
import type { ErrorMask } from './mask-errors.ts';
import { type AnswerType, answerTypeFor, JSON_TYPE } from './media-types.ts';
import { asThrottled } from './paying-requests.ts';

interface LaneGraph extends SearchedGraph {
  run: RunOperation;
  execute: ExecuteOperation;
}

interface FastLaneDeps {
  /** The one that answers requests which begin now. */
  graph(): LaneGraph;
  lists: FollowedLists;
  formatError: ErrorMask;
  texts: KnownTexts;
}

/** Null for a request that is for Apollo Server: a new text of somebody who may send any, or HTTP that carries one badly. */
export type FastLane = (request: GraphRequest) => Promise<HttpAnswer | null>;

export function createFastLane({ graph: current, lists, formatError, texts }: FastLaneDeps): FastLane {
  const find = createFindOperation(lists, texts.documentOf);
  const isKnown = (request: GraphRequest): boolean => {
    const text = textOf(request);
    return text !== null && texts.documentOf(text) !== undefined;
  };
  return async (request) => {
    const { caller } = request.own;
    const incoming = incomingOf(request);
    const { mode } = lists.listOf(caller);
    const isAnyText = (mode === 'open' || mode === 'log-unknown') && namesNoId(incoming);
    if (isAnyText && !isKnown(request)) return null;

    const type = answerTypeFor(request.headers.accept);
    const refused = httpRefusal(request, type);
    if (refused && isAnyText) return null;
    if (refused) return answerRefused([badRequest(refused.says)], type ?? JSON_TYPE, formatError, refused.status);
    const answerType = type ?? JSON_TYPE;
    const graph = current();
    try {
      const asked = refusing(() => readRequestForm(incoming));
      const found = find(asked, caller, graph);
      if (request.method === 'GET' && typeOf(found) === 'mutation') return byPostOnly(answerType, formatError);
      const result = await run(graph, found, { ...request.own, variables: asked.variables, takesText: true });
      return asThrottled(answerResult(result, answerType, formatError), result.errors);
    } catch (error) {
      if (error instanceof RequestRefused) return answerRefused(error.errors, answerType, formatError);
      return answerFailed(error, answerType, formatError);
    }
  };
}

const run = (graph: LaneGraph, found: FoundOperation, request: OperationRequest): Promise<OperationResult> =>
  'known' in found ? graph.run(found.known, request) : graph.execute({ ...found.read, ...request });

const typeOf = (found: FoundOperation) => ('known' in found ? found.known : found.read).operation?.operation;

/** GraphQL over HTTP, 6.2: a GET must not change anything. */
const byPostOnly = (type: AnswerType, mask: ErrorMask): HttpAnswer => {
  const answer = answerRefused([badRequest('GET is for queries: send other operations by POST.')], type, mask, 405);
  return { ...answer, headers: { ...answer.headers, allow: 'POST' } };
};

/** What is wrong with the HTTP, whatever it asks for. */
function httpRefusal(
  { method, headers }: GraphRequest,
  type: AnswerType | null,
): { status: number; says: string } | null {
  if (couldBeForged(headers)) return { status: 400, says: FORGED };
  const sent = essenceOf(headers['content-type']);
  if (method === 'GET' && sent !== null && sent !== 'application/json')
    return { status: 415, says: 'A GET has no body: leave its content type out, or send application/json.' };
  if (type === null)
    return { status: 406, says: 'Expected a client that takes application/json or application/graphql-response+json.' };
  return null;
}

const NO_PARAMS = new URLSearchParams();

const incomingOf = ({ method, pathId, body, search }: GraphRequest): IncomingRequest => ({
  method,
  pathId,
  body,
  params: method === 'GET' ? new URLSearchParams(search) : NO_PARAMS,
});
