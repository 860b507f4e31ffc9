/** A subgraph on a port of its own: nothing of a request is looked at before its envelope has opened. */
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify, { type FastifyInstance } from 'fastify';
import { inTime } from '../../in-time.ts';
import { type MetricsAccess, serveMetrics } from '../../telemetry/metrics-page.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';
import type { ReportError } from '../mask-error.ts';
import type { RunningSubgraph } from '../open-subgraph.ts';
import { createApollo, type SubgraphContext } from './apollo.ts';
import { openEnvelopes } from './envelope-gate.ts';
import { observeCalls } from './observe-calls.ts';
import { observeRefusals } from './observe-refusals.ts';
import { answerRequestErrors, refuse } from './request-errors.ts';

interface SubgraphServer {
  listen(address: { host: string; port: number }): Promise<{ port: number }>;
  /** Takes no new call, and waits for those in flight. */
  close(): Promise<void>;
}

/** A gateway's call carries keys of as many rows as an answer has; a client's own request is held to far less. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;

/** A gateway takes at most 32; whoever holds more than there is room for is refused more. */
const MOST_CONNECTIONS = 256;

export interface Watching {
  telemetry: Telemetry;
  metrics: MetricsAccess;
}

export async function serveSubgraph(
  subgraph: RunningSubgraph,
  reportError: ReportError,
  watching?: Watching,
): Promise<SubgraphServer> {
  const server = createServer();
  answerRequestErrors(server, reportError);
  serveHealth(server, subgraph);
  if (watching) serveMetrics(server, watching.telemetry.metering, watching.metrics);
  const apollo = await createApollo(subgraph, server);
  const onRefused = watching ? observeRefusals(watching.telemetry, subgraph.name) : () => {};
  const { callerOf, examine, gate } = openEnvelopes(subgraph, onRefused);
  const context = async (request: { raw: object }): Promise<SubgraphContext> => ({ caller: callerOf(request) });
  server.route({
    url: '/graphql',
    method: 'POST',
    onRequest: examine,
    preHandler: watching ? [gate, observeCalls(watching.telemetry, subgraph.name)] : gate,
    handler: fastifyApolloHandler(apollo, { context }),
  });
  server.route({
    url: '/graphql',
    method: ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
    handler: (_request, reply) => refuse(reply.header('allow', 'POST'), 405, 'Expected POST.'),
  });
  return {
    async listen(address) {
      return { port: Number(new URL(await server.listen(address)).port) };
    },
    async close() {
      await apollo.stop();
      await server.close();
    },
  };
}

/** Whoever sends slowly is cut off; a gateway's idle connections are kept. */
function createServer(): FastifyInstance {
  const server = fastify({
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: 10_000,
    keepAliveTimeout: 60_000,
    forceCloseConnections: 'idle',
    http: { headersTimeout: 5_000, connectionsCheckingInterval: 1_000 },
  });
  server.server.maxConnections = MOST_CONNECTIONS;
  // the envelope is over the text, so it is kept as it came
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  return server;
}

/** Who asks whether it is ready has no more patience either. */
const PATIENCE_MS = 1_000;

function serveHealth(server: FastifyInstance, { orm }: Pick<RunningSubgraph, 'orm'>): void {
  server.get('/health/live', async () => ({ status: 'live' }));
  server.get('/health/ready', async (_request, reply) => {
    try {
      await inTime(orm.em.fork().execute('select 1'), PATIENCE_MS, 'The database did not answer in time.');
      return { status: 'ready' };
    } catch {
      return reply.status(503).send({ status: 'not ready', failed: ['database'] });
    }
  });
}
