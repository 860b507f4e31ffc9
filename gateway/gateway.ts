/** The gateway, as the ordered list of what a request passes. */
import { randomUUID } from 'node:crypto';
import type { Caller } from '../subgraphs/kernel/caller.ts';
import type { AppSignIn } from './auth/app-sign-in.ts';
import { closeInOrder } from './close-in-order.ts';
import { type ConnectSubgraphs, type CreateEngine, createGraph, type Graph } from './graph.ts';
import { createGraphInUse } from './graph-in-use.ts';
import { serveAppSignIn } from './http/app-sign-in.ts';
import { authenticateRequests } from './http/authentication.ts';
import { allowOrigins, createOriginHeaders } from './http/cors.ts';
import { createFastLane } from './http/fast-lane.ts';
import { createGraphqlFront } from './http/graphql.ts';
import { createGraphqlEndpoint, type TakeRequest } from './http/graphql-endpoint.ts';
import { type Readiness, serveHealth } from './http/health.ts';
import { createKnownTexts } from './http/known-texts.ts';
import { serveListedOperations } from './http/listed-operations.ts';
import { createErrorMask, type ReportError } from './http/mask-errors.ts';
import { atOnce, createNewTexts } from './http/new-texts.ts';
import { refuseOtherMethods } from './http/other-methods.ts';
import { servePictures } from './http/pictures.ts';
import { createReadBody } from './http/request-body.ts';
import { answerRequestErrors } from './http/request-errors.ts';
import { followRequests } from './http/requests-in-flight.ts';
import { securityHeaders, setSecurityHeaders } from './http/security-headers.ts';
import { createServer, MEASURED_BODY_BYTES } from './http/server.ts';
import { createSpareWhoWaits, spareClients } from './http/stalled-connections.ts';
import { createTextLane } from './http/text-lane.ts';
import { type FollowedLists, NO_LISTS } from './operations/persisted/followed-lists.ts';
import { withTextRules } from './operations/persisted/text-rules.ts';
import { warmUp } from './operations/warm-up.ts';
import type { DemoSignIn } from './pages/demo-sign-in.ts';
import { servePages } from './pages/serve-pages.ts';
import type { CoversOperation } from './policy/app-grants.ts';
import { DEFAULT_FRONT, type FrontSettings } from './policy/front-settings.ts';
import { policyNotes } from './policy/policy-notes.ts';
import type { RecordRefusals } from './policy/refusals.ts';
import type { IsPartner } from './policy/schema-views.ts';
import { createClientThrottles } from './policy/throttles/client-throttles.ts';
import type { GatewayTelemetry } from './telemetry/gateway-telemetry.ts';

export interface GatewayDeps {
  /** The composed supergraph's SDL. */
  supergraph: string;
  connect: ConnectSubgraphs;
  /** Left out: one that plans in this thread. */
  createEngine?: CreateEngine | undefined;
  /** The caller of an Authorization header; null without one. Throws Unauthenticated. */
  authenticate(authorization: string | undefined): Promise<Caller | null>;
  /** Gives apps their tokens; left out where the graph has no clients. */
  appSignIn?: AppSignIn;
  coversOperation?: CoversOperation;
  /** Puts on record what signed-in callers are refused; left out where the graph has no rules of ours. */
  recordRefusals?: RecordRefusals;
  /** Which clients are partners': they see the contract that is tagged for them, and nothing else. None if left out. */
  isPartner?: IsPartner;
  /** What clients may ask for by id; left out where the graph keeps no such lists. */
  operationLists?: FollowedLists;
  readiness: Readiness;
  reportError: ReportError;
  /** How long a request may take, in milliseconds; what was not answered by then is told as failed. */
  deadlineMs: number;
  /** What is not set holds as `DEFAULT_FRONT` says. */
  settings?: Partial<FrontSettings>;
  /** Tokens of a demo's people, for the sandbox; null or left out where the database is not a demo's. */
  demoSignIn?: DemoSignIn | null;
  telemetry: GatewayTelemetry;
  /** What a reader of `/metrics` must present. */
  metricsToken: string | undefined;
}

/**
 * Connections that wait to be taken. Of more the system takes none, and who comes then waits for a second and longer until
 * it asks again (RFC 6298, 2.1): the system's own bound, net.core.somaxconn, is 4096 on Linux.
 */
const MOST_WAITING = 4_096;

export interface Gateway {
  /** Sentences for the person who started it, on the supergraph that it began with. */
  notes: readonly string[];
  listen(address: { host: string; port: number }): Promise<{ port: number }>;
  /** Serves another supergraph from now on. Throws where it does not hold, and serves the one before on. */
  reload(supergraph: string): Promise<void>;
  /** Takes no new request, and waits for those in flight. */
  close(): Promise<void>;
}

export async function createGateway(deps: GatewayDeps): Promise<Gateway> {
  const { connect, createEngine, authenticate, readiness, reportError, deadlineMs, telemetry } = deps;
  const { recordRefusals, coversOperation, operationLists: lists = NO_LISTS } = deps;
  const settings = { ...DEFAULT_FRONT, ...deps.settings };
  const { limits: observeCounts, dryRun: observeDryRun, preparation } = telemetry;
  const throttles = createClientThrottles(settings.clientRates, () => performance.now());
  const { isPartner } = deps;
  const observers = { observeCounts, observeDryRun, preparation };
  const front = { createEngine, settings, throttles, isPartner, recordRefusals, coversOperation, ...observers };
  const create = async (sdl: string) => {
    const graph = await createGraph(sdl, connect, front);
    return telemetry.graph({ ...graph, execute: withTextRules(graph.execute, lists, telemetry.unknownText) });
  };
  const closing = new AbortController();
  const learn = async ({ catalogue }: Pick<Graph, 'catalogue'>): Promise<void> => {
    const now = lists.lists();
    const broken = await catalogue.learn(now, closing.signal);
    if (lists.lists() === now) telemetry.brokenOperations(broken);
  };
  const learnMeanwhile = (graph: Graph): void =>
    void learn(graph).catch((error: unknown) => reportError(randomUUID(), error));
  const createLearnt = async (sdl: string) => {
    const graph = await create(sdl);
    await learn(graph);
    return graph;
  };
  const first = await create(deps.supergraph);
  // nobody waits for all of them: what is asked for sooner is learnt then
  learnMeanwhile(first);

  // of the first graph for good: one with rules of ours is never exchanged for one without, nor the other way round
  const isEnforced = first.limitMode === 'enforce';
  const mostBodyBytes = isEnforced ? settings.mostBodyBytes : MEASURED_BODY_BYTES;
  const takeFirst: TakeRequest = (request, response) => takeGraphRequest(request, response);
  const server = createServer({ mostBodyBytes, takeFirst });
  telemetry.requests(server);
  const headers = securityHeaders(settings);
  setSecurityHeaders(server, headers);
  await allowOrigins(server, settings.corsOrigins);
  answerRequestErrors(server, reportError);
  serveHealth(server, readiness);
  telemetry.metricsPage(server, { token: deps.metricsToken, isProduction: settings.isProduction });
  const inFlight = followRequests(server);
  const spare = createSpareWhoWaits();
  spareClients(server, spare);
  authenticateRequests(server, authenticate, reportError);
  if (deps.appSignIn)
    await serveAppSignIn(server, {
      signIn: deps.appSignIn,
      publicUrl: settings.publicUrl,
      observe: telemetry.appSignIn,
      reportError,
    });
  const formatError = telemetry.errors(createErrorMask(reportError));
  const { apollo, serve } = await createGraphqlFront({ graph: first, server, formatError });
  const graph = createGraphInUse({
    first,
    create: createLearnt,
    warmUp,
    serve,
    answered: inFlight.answered,
    reportError,
  });
  lists.whenChanged(() => learnMeanwhile(graph.current()));
  const texts = createKnownTexts();
  const takeGraphRequest = createGraphqlEndpoint({
    observe: telemetry.request,
    begin: inFlight.begin,
    spare,
    isClosing: inFlight.isClosing,
    headers,
    originHeaders: createOriginHeaders(settings.corsOrigins),
    authenticate,
    readBody: createReadBody(mostBodyBytes),
    fastLane: createFastLane({ graph: graph.current, lists, formatError, texts }),
    textLane: createTextLane({
      apollo,
      inTurn: isEnforced ? createNewTexts(texts, throttles(first.limitMode)) : atOnce,
      known: texts,
      formatError,
    }),
    reportError,
    deadlineMs,
  });
  refuseOtherMethods(server);
  servePictures(server, { fetchPicture: () => graph.current().fetchPicture, reportError, deadlineMs });
  serveListedOperations(server, { lists, introspection: () => graph.current().introspection });
  servePages(server, { graph: graph.current, demoSignIn: deps.demoSignIn ?? null });

  return {
    notes: policyNotes(first.rules),
    async listen(address) {
      const url = await server.listen({ ...address, backlog: MOST_WAITING });
      return { port: Number(new URL(url).port) };
    },
    reload: telemetry.reload(graph.reload),
    close: () =>
      closeInOrder(
        async () => closing.abort(),
        () => apollo.stop(),
        () => server.close(),
        () => graph.close(),
      ),
  };
}
