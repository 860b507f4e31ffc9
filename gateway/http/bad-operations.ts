/**
 * The status of a request that is well-formed HTTP and carries an operation that cannot be run. Who takes
 * `application/json` gets 200, because a client of that media type reads other statuses as coming from something between
 * (https://graphql.github.io/graphql-over-http/draft/#sec-application-json); who takes
 * `application/graphql-response+json` gets 400.
 */
import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from './graphql.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Its operation was refused before it was executed. */
    hasBadOperation: boolean;
  }
}

const NOT_THE_OPERATION: ReadonlySet<unknown> = new Set(['BAD_REQUEST', 'INTERNAL_SERVER_ERROR']);

export const tellBadOperations: ApolloServerPlugin<RequestContext> = {
  async requestDidStart() {
    return {
      async willSendResponse({ response: { body, http }, contextValue }) {
        if (http.status !== 400 || body.kind !== 'single') return;
        const { errors = [] } = body.singleResult;
        if (!errors.some(({ extensions }) => NOT_THE_OPERATION.has(extensions?.code))) contextValue.refused();
      },
    };
  },
};

export function prepareBadOperations(server: FastifyInstance): void {
  server.decorateRequest('hasBadOperation', false);
}

/** Apollo Server has chosen the media type by now, or refused all that the client takes, with a status of its own. */
export async function statusByMediaType(request: FastifyRequest, reply: FastifyReply, body: unknown): Promise<unknown> {
  const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
  if (request.hasBadOperation && isJson && reply.statusCode === 400) reply.code(200);
  return body;
}
