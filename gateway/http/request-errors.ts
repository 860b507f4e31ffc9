/** What the server says of a request that it cannot pass on: nothing of what was sent, nothing of the inside. */
import { randomUUID } from 'node:crypto';
import type { FastifyError, FastifyInstance } from 'fastify';
import { errorAnswer } from '../../subgraphs/kernel/error-answer.ts';
import { refusedRequest } from './answers.ts';
import type { ReportError } from './mask-errors.ts';

export function answerRequestErrors(server: FastifyInstance, reportError: ReportError): void {
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) {
      const { bodyLimit } = request.routeOptions;
      const message = status === 413 ? `The body is longer than ${bodyLimit} bytes: ask in parts.` : undefined;
      return reply.status(status).send(refusedRequest(status, message));
    }
    const id = randomUUID();
    reportError(id, error);
    return reply.status(500).send(errorAnswer('INTERNAL_SERVER_ERROR', 'Internal error', { id }));
  });
  server.setNotFoundHandler(async (_request, reply) => reply.status(404).send(refusedRequest(404)));
}
