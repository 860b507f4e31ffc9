/** An answer as HTTP sends it, whoever made it. */
import { randomUUID } from 'node:crypto';
import { errorAnswer } from '../../subgraphs/kernel/error-answer.ts';
import { refusedRequest } from './answers.ts';
import type { ReportError } from './mask-errors.ts';

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array;
}

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' } as const;

/** Of a request that is told why it cannot be read: a status from 400 to 499, in our own words or those that are given. */
export const refusal = (
  status: number,
  { message, headers }: { message?: string | undefined; headers?: HttpAnswer['headers'] } = {},
): HttpAnswer => ({
  status,
  headers: { ...JSON_HEADERS, ...headers },
  body: JSON.stringify(refusedRequest(status, message)),
});

export const unauthenticated = (message: string): HttpAnswer => ({
  status: 401,
  headers: { ...JSON_HEADERS, 'www-authenticate': 'Bearer error="invalid_token"' },
  body: JSON.stringify(errorAnswer('UNAUTHENTICATED', message)),
});

/** Of what we failed at: the client is told an id, by which the error is found in the log. */
export const failure = (error: unknown, reportError: ReportError): HttpAnswer =>
  failed(500, 'INTERNAL_SERVER_ERROR', 'Internal error', error, reportError);

/** Where what says who is calling cannot be read: whoever it is may ask again. */
export const callerUnknown = (error: unknown, reportError: ReportError): HttpAnswer =>
  withHeaders(failed(503, 'SERVICE_UNAVAILABLE', UNKNOWN, error, reportError), { 'retry-after': '1' });

const UNKNOWN = 'Who is calling cannot be found out at the moment: ask again.';

function failed(status: number, code: string, message: string, error: unknown, reportError: ReportError): HttpAnswer {
  const id = randomUUID();
  reportError(id, error);
  return { status, headers: JSON_HEADERS, body: JSON.stringify(errorAnswer(code, message, { id })) };
}

/** What a request is refused with by whoever reads it. */
export class HttpRefused extends Error {
  readonly answer: HttpAnswer;

  constructor(answer: HttpAnswer) {
    super(`Refused with ${answer.status}.`);
    this.answer = answer;
  }
}

export const withHeaders = (answer: HttpAnswer, headers: HttpAnswer['headers']): HttpAnswer => ({
  ...answer,
  headers: { ...answer.headers, ...headers },
});
