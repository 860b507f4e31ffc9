/** Errors outside GraphQL (a body that is no JSON, a route that is not there): GraphQL's shape, nothing of the inside. */
import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { ReportError } from './mask-errors.ts';

export function answerRequestErrors(server: FastifyInstance, reportError: ReportError): void {
  server.setErrorHandler<FastifyError>(async (error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const extensions = { code: 'BAD_REQUEST' };
      return reply.status(status).send({ errors: [{ message: error.message, extensions }] });
    }
    const id = randomUUID();
    reportError(id, error);
    const extensions = { code: 'INTERNAL_SERVER_ERROR', id };
    return reply.status(500).send({ errors: [{ message: 'Internal error', extensions }] });
  });
  server.setNotFoundHandler(async (_request, reply) => {
    const extensions = { code: 'NOT_FOUND' };
    return reply
      .status(404)
      .send({ errors: [{ message: 'There is nothing here: the graph is at /graphql.', extensions }] });
  });
}
