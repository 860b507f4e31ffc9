/**
 * Answers outside GraphQL (a body that is no JSON, a route that is not there): GraphQL's shape, our own words. What the
 * server's parts say of a bad request has the path, the header or the body in it.
 */

import { errorAnswer } from '../../subgraphs/kernel/error-answer.ts';

interface Told {
  code: string;
  message: string;
}

const TOLD: Readonly<Record<number, Told>> = {
  400: {
    code: 'BAD_REQUEST',
    message: 'The request could not be read: expected HTTP with a body of valid JSON in UTF-8.',
  },
  404: { code: 'NOT_FOUND', message: 'There is nothing here: the graph is at /graphql.' },
  405: { code: 'METHOD_NOT_ALLOWED', message: 'This method is not served here: see the "allow" header.' },
  408: { code: 'REQUEST_TIMEOUT', message: 'The request took too long to arrive.' },
  413: { code: 'LIMIT_BODY', message: 'The body of the request is too long: ask in parts.' },
  414: { code: 'LIMIT_URL', message: 'The address of the request is too long: send it in a body.' },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'The body is not of a type that is read here: send application/json.',
  },
  431: { code: 'LIMIT_HEADERS', message: 'The headers of the request are too long.' },
};

const ANY: Told = { code: 'BAD_REQUEST', message: 'The request could not be read.' };

/** The body of an answer with a status from 400 to 499. */
export function refusedRequest(status: number, message?: string) {
  const told = TOLD[status] ?? ANY;
  return errorAnswer(told.code, message ?? told.message);
}
