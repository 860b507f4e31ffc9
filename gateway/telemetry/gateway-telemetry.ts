/** What is watched of the gateway, from outside: its parts know of none of it, or of an observer of their own. */
import type { FastifyInstance } from 'fastify';
import { type MetricsAccess, serveMetrics } from '../../subgraphs/kernel/telemetry/metrics-page.ts';
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { SubgraphTransport } from '../engine/engine.ts';
import type { TokenOutcome } from '../http/app-sign-in.ts';
import { type ErrorMask, OUTSIDE_CODES } from '../http/mask-errors.ts';
import type { ExecuteOperation } from '../operations/execute-operation.ts';
import type { UnknownText } from '../operations/persisted/text-rules.ts';
import type { RunOperation } from '../operations/run-operation.ts';
import type { ScopeRules } from '../policy/scope-rules.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { observeBrokenOperations } from './broken-operations.ts';
import { observeCircuits } from './circuits.ts';
import { createInstruments } from './instruments.ts';
import { observeLimits } from './limits.ts';
import { createPreparationObserver, observedExecute, observedRun } from './operations.ts';
import { createRequestObserver, observeRequests } from './requests.ts';
import { type ObservedAnswer, type ObservedRequest, observedTransport } from './subgraph-calls.ts';

export type GatewayTelemetry = ReturnType<typeof createGatewayTelemetry>;

interface WatchedGraph {
  supergraph: Pick<Supergraph, 'subgraphs'>;
  rules: Pick<ScopeRules, 'guardedFields'>;
  execute: ExecuteOperation;
  run: RunOperation;
}

export function createGatewayTelemetry(telemetry: Telemetry) {
  const { names, log, metering } = telemetry;
  const instruments = createInstruments(metering);
  const request = createRequestObserver(telemetry, instruments);
  names.add('code', [...OUTSIDE_CODES, 'INTERNAL_SERVER_ERROR']);
  return {
    request,
    /** A name by which requests are told apart. */
    route: (route: string): void => names.add('route', [route]),
    requests: (server: FastifyInstance) => observeRequests(server, telemetry, request),
    metricsPage: (server: FastifyInstance, access: MetricsAccess) => serveMetrics(server, metering, access),
    /** The same graph; its subgraphs are known by name, and the fields that are not for everybody. */
    graph<Watched extends WatchedGraph>(graph: Watched): Watched {
      names.add(
        'subgraph',
        graph.supergraph.subgraphs.map(({ name }) => name),
      );
      names.add('field', graph.rules.guardedFields);
      const [execute, run] = [observedExecute(graph.execute, telemetry), observedRun(graph.run, telemetry)];
      return { ...graph, execute, run };
    },
    circuit: observeCircuits(telemetry),
    transport: <Request extends ObservedRequest, Answer extends ObservedAnswer>(
      transport: SubgraphTransport<Request, Answer>,
    ) => observedTransport(transport, telemetry, instruments),
    preparation: createPreparationObserver(telemetry, instruments),
    /** Counts the errors that clients are told of. */
    errors:
      (mask: ErrorMask): ErrorMask =>
      (formatted, error) => {
        const told = mask(formatted, error);
        instruments.errors({ 'error.code': String(told.extensions?.code) });
        return told;
      },
    unknownText({ client, hash }: UnknownText): void {
      names.add('client', [client]);
      instruments.unknownTexts({ 'client.name': client });
      log('A text was run that is in no list of its client.', { client, operationHash: hash });
    },
    brokenOperations: observeBrokenOperations(telemetry),
    appSignIn: (outcome: TokenOutcome): void => instruments.tokens({ 'token.outcome': outcome }),
    unread: (error: unknown): void => log('The gateway’s tables could not be read; they are tried again.', { error }),
    limits: observeLimits(instruments),
    dryRun(fields: readonly string[]): void {
      for (const field of fields) {
        instruments.dryRuns({ 'graphql.field': field });
        log('A dry run would have left out a field.', { field });
      }
    },
    reload: (reload: (sdl: string) => Promise<void>) => async (sdl: string) => {
      try {
        await reload(sdl);
        instruments.reloads({ 'reload.result': 'swapped' });
        log('The supergraph was changed for a new one.');
      } catch (error) {
        instruments.reloads({ 'reload.result': 'kept' });
        log('A new supergraph does not hold; the last good one is kept.', { error });
        throw error;
      }
    },
  };
}
