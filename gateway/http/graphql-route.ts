/** `/graphql`, and `/graphql/:id` for a persisted operation: what they take, and what they say to any other method. */
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { refusedRequest } from './answers.ts';
import { callerOf } from './authentication.ts';
import { prepareBadOperations, statusByMediaType } from './bad-operations.ts';
import type { FastLane } from './fast-lane.ts';
import type { RequestContext } from './graphql.ts';
import { createNewTexts } from './new-texts.ts';
import { paying, preparePayingRequests, statusOfThrottled, tellThrottled } from './paying-requests.ts';
import { explainOf } from './query-plan-header.ts';
import { signalOf } from './request-signal.ts';
import { GRAPHQL_ROUTE, PERSISTED_ROUTE } from './routes.ts';

const METHODS = ['GET', 'POST', 'DELETE', 'HEAD', 'OPTIONS', 'PATCH', 'PUT', 'TRACE'] as const;

interface GraphqlRoutes {
  apollo: ApolloServer<RequestContext>;
  fastLane: FastLane;
  /** Whether texts that have not been run before are looked at a few at a time. */
  pacesNewTexts: boolean;
  deadlineMs: number;
}

export function serveGraphql(
  server: FastifyInstance,
  { apollo, fastLane, pacesNewTexts, deadlineMs }: GraphqlRoutes,
): void {
  prepareBadOperations(server);
  preparePayingRequests(server);
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => ({
    caller: callerOf(request),
    signal: signalOf(reply, deadlineMs),
    ...paying(request, reply),
    explain: explainOf(request),
    told: (errors) => tellThrottled(request, errors),
    refused() {
      request.hasBadOperation = true;
    },
  });
  const byText = fastifyApolloHandler(apollo, { context });
  const newTexts = pacesNewTexts ? createNewTexts(server) : { inTurn() {} };
  const serve = (url: string, served: readonly (typeof METHODS)[number][]): void => {
    server.route({
      url,
      method: [...served],
      exposeHeadRoute: false,
      async handler(request, reply) {
        const answer = await fastLane(request, reply);
        if (!answer) {
          await newTexts.inTurn(request);
          return byText.call(server, request, reply);
        }
        return reply.status(answer.status).headers(answer.headers).send(answer.body);
      },
      onSend: [statusByMediaType, statusOfThrottled],
    });
    server.route({
      url,
      method: METHODS.filter((method) => !served.includes(method)),
      handler: async (_request, reply) =>
        reply.status(405).header('allow', served.join(', ')).send(refusedRequest(405)),
    });
  };
  serve(GRAPHQL_ROUTE, ['GET', 'POST']);
  serve(PERSISTED_ROUTE, ['GET']);
}
