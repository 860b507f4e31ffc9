/** The gateway, as the ordered list of what a request passes. */
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import type { Caller } from '../subgraphs/kernel/caller.ts';
import type { Sealer } from '../subgraphs/kernel/envelope.ts';
import { createApolloEngine } from './engine/apollo.ts';
import type { SubgraphTransport } from './engine/engine.ts';
import { createSubgraphCaller } from './engine/signed-source.ts';
import { authenticateRequests, callerOf } from './http/authentication.ts';
import { createGraphqlFront, type RequestContext } from './http/graphql.ts';
import { type Readiness, serveHealth } from './http/health.ts';
import type { ReportError } from './http/mask-errors.ts';
import { answerRequestErrors } from './http/request-errors.ts';
import { signalOf } from './http/request-signal.ts';
import { createExecuteOperation } from './operations/execute-operation.ts';
import { createGuestWall } from './policy/guest-wall.ts';
import { readRules } from './policy/rules.ts';
import { readSupergraph } from './supergraph/supergraph.ts';

export interface GatewayDeps {
  /** The composed supergraph's SDL. */
  supergraph: string;
  sealer: Sealer;
  transport: SubgraphTransport;
  /** The caller of an Authorization header; null without one. Throws Unauthenticated. */
  authenticate(authorization: string | undefined): Promise<Caller | null>;
  readiness: Readiness;
  reportError: ReportError;
}

export interface Gateway {
  listen(address: { host: string; port: number }): Promise<{ port: number }>;
  /** Takes no new request, and waits for those in flight. */
  close(): Promise<void>;
}

export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const { sealer, transport, authenticate, readiness, reportError } = deps;
  const supergraph = readSupergraph(deps.supergraph);
  const callSubgraph = createSubgraphCaller(sealer, transport);
  const { apiSchema, plannerSdl, document } = supergraph;
  const rules = readRules(document);
  const engine = await createApolloEngine(plannerSdl, callSubgraph);
  const guestWall = createGuestWall(apiSchema, rules, callSubgraph);
  const execute = createExecuteOperation({ apiSchema, rules, guestWall, engine });

  const server = fastify({ forceCloseConnections: 'idle' });
  answerRequestErrors(server, reportError);
  serveHealth(server, readiness);
  authenticateRequests(server, authenticate);
  const apollo = await createGraphqlFront({ supergraph, execute, server, reportError });
  const context = async (request: FastifyRequest, reply: FastifyReply): Promise<RequestContext> => ({
    caller: callerOf(request),
    signal: signalOf(reply),
  });
  server.route({
    url: '/graphql',
    method: ['GET', 'POST', 'OPTIONS'],
    handler: fastifyApolloHandler(apollo, { context }),
  });

  return {
    async listen(address) {
      const url = await server.listen(address);
      return { port: Number(new URL(url).port) };
    },
    async close() {
      await apollo.stop();
      await server.close();
    },
  };
}
