/** The gateway, as the ordered list of what a request passes. */
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Caller } from '../subgraphs/kernel/caller.ts';
import { type ConnectSubgraphs, createGraph } from './graph.ts';
import { createGraphInUse } from './graph-in-use.ts';
import { authenticateRequests, callerOf } from './http/authentication.ts';
import { createGraphqlFront, type RequestContext } from './http/graphql.ts';
import { type Readiness, serveHealth } from './http/health.ts';
import type { ReportError } from './http/mask-errors.ts';
import { servePictures } from './http/pictures.ts';
import { answerRequestErrors } from './http/request-errors.ts';
import { signalOf } from './http/request-signal.ts';
import { followRequests } from './http/requests-in-flight.ts';

export interface GatewayDeps {
  /** The composed supergraph's SDL. */
  supergraph: string;
  connect: ConnectSubgraphs;
  /** The caller of an Authorization header; null without one. Throws Unauthenticated. */
  authenticate(authorization: string | undefined): Promise<Caller | null>;
  readiness: Readiness;
  reportError: ReportError;
  /** How long a request may take, in milliseconds; what was not answered by then is told as failed. */
  deadlineMs: number;
}

export interface Gateway {
  listen(address: { host: string; port: number }): Promise<{ port: number }>;
  /** Serves another supergraph from now on. Throws where it does not hold, and serves the one before on. */
  reload(supergraph: string): Promise<void>;
  /** Takes no new request, and waits for those in flight. */
  close(): Promise<void>;
}

export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const { connect, authenticate, readiness, reportError, deadlineMs } = deps;
  const create = (sdl: string) => createGraph(sdl, connect);
  const first = await create(deps.supergraph);

  const server = fastify({ forceCloseConnections: 'idle' });
  answerRequestErrors(server, reportError);
  serveHealth(server, readiness);
  const { answered } = followRequests(server);
  authenticateRequests(server, authenticate);
  const { apollo, serve } = await createGraphqlFront({ graph: first, server, reportError });
  const graph = createGraphInUse({ first, create, serve, answered });
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => ({
    caller: callerOf(request),
    signal: signalOf(reply, deadlineMs),
  });
  server.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler(apollo, { context }),
  });
  servePictures(server, { fetchPicture: () => graph.current().fetchPicture, reportError });

  return {
    async listen(address) {
      const url = await server.listen(address);
      return { port: Number(new URL(url).port) };
    },
    reload: graph.reload,
    async close() {
      await apollo.stop();
      await server.close();
      await graph.close();
    },
  };
}
