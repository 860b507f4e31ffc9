/** An operation's result as HTTP: what Apollo Server makes of it for the operations that it runs, byte for byte. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { OperationResult } from '../operations/complete-answer.ts';
import type { HttpAnswer } from './http-answer.ts';
import type { ErrorMask } from './mask-errors.ts';
import { type AnswerType, JSON_TYPE } from './media-types.ts';

export function answerResult(
  { data, errors, extensions, text }: OperationResult,
  type: AnswerType,
  mask: ErrorMask,
): HttpAnswer {
  if (text !== undefined) return { status: 200, ...asText(text, type) };
  const told = errors.map((error) => formatted(error, mask));
  const body = { ...(told.length > 0 && { errors: told }), data, extensions };
  return { status: data === undefined ? statusOf(told, type) : 200, ...written(body, type) };
}

/** Of a request that was not run. `status`: where HTTP has one of its own for it. */
export function answerRefused(
  errors: readonly GraphQLError[],
  type: AnswerType,
  mask: ErrorMask,
  status?: number,
): HttpAnswer {
  const told = errors.map((error) => formatted(error, mask));
  return { status: status ?? statusOf(told, type), ...written({ errors: told }, type) };
}

/** Of what was thrown while it ran. */
export function answerFailed(error: unknown, type: AnswerType, mask: ErrorMask): HttpAnswer {
  const asError = error instanceof Error ? error : new Error(String(error));
  const failed = new GraphQLError(asError.message, { originalError: asError });
  return answerRefused([failed], type, mask, 500);
}

function formatted(error: GraphQLError, mask: ErrorMask): GraphQLFormattedError {
  const extensions = { ...error.extensions, code: error.extensions.code ?? 'INTERNAL_SERVER_ERROR' };
  return mask({ ...error.toJSON(), extensions }, error);
}

/** Who takes JSON reads a status other than 200 as coming from something between, unless it is about the HTTP. */
const statusOf = (told: readonly GraphQLFormattedError[], type: AnswerType): number =>
  type === JSON_TYPE && !told.some(({ extensions }) => extensions?.code === 'BAD_REQUEST') ? 200 : 400;

const written = (body: object, type: AnswerType): Pick<HttpAnswer, 'headers' | 'body'> =>
  asText(JSON.stringify(body), type);

const asText = (text: string, type: AnswerType): Pick<HttpAnswer, 'headers' | 'body'> => ({
  headers: { 'content-type': `${type}; charset=utf-8` },
  body: `${text}\n`,
});
