/** What a subgraph's port answers that is no GraphQL: JSON that says what was expected, and nothing of the inside. */
import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import type { ReportError } from '../mask-error.ts';

export const refuse = (reply: FastifyReply, status: number, message: string): FastifyReply =>
  reply.status(status).send({ errors: [{ message }] });

export function answerRequestErrors(server: FastifyInstance, reportError: ReportError): void {
  server.setErrorHandler<FastifyError>((error, _request, reply) => {
    const { statusCode: status = 500 } = error;
    if (status < 500) return refuse(reply, status, 'The request could not be read.');
    reportError(randomUUID(), error);
    return refuse(reply, 500, 'Internal error');
  });
  server.setNotFoundHandler((_request, reply) => refuse(reply, 404, 'There is nothing here.'));
}
