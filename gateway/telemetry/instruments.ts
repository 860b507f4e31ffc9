/** What the gateway measures. Names are OpenTelemetry's where it has one: https://opentelemetry.io/docs/specs/semconv/ */
import { DURATION_BUCKETS, type Metering } from '../../subgraphs/kernel/telemetry/metering.ts';

const COUNT_BUCKETS = [1, 2, 5, 10, 15, 20, 50, 100, 200, 300, 500, 1_000, 5_000, 10_000] as const;

export type Instruments = ReturnType<typeof createInstruments>;

export function createInstruments(metering: Metering) {
  const { counter, level, histogram } = metering;
  return {
    requests: histogram(
      { name: 'http.server.request.duration', description: 'Requests, from the first byte to the last.', unit: 's' },
      DURATION_BUCKETS,
    ),
    active: level({ name: 'http.server.active_requests', description: 'Requests in flight.', unit: '{request}' }),
    calls: histogram(
      { name: 'http.client.request.duration', description: 'Calls to subgraphs.', unit: 's' },
      DURATION_BUCKETS,
    ),
    operations: counter({
      name: 'schoolgraph.operations.prepared',
      description: 'Operations that were found prepared, and that had to be.',
      unit: '{operation}',
    }),
    unknownTexts: counter({
      name: 'schoolgraph.operations.unknown',
      description: 'Texts that were run and are in no list of their client, which is one that this is told of.',
      unit: '{operation}',
    }),
    preparing: histogram(
      { name: 'schoolgraph.operation.prepare.duration', description: 'Making an operation ready once.', unit: 's' },
      DURATION_BUCKETS,
    ),
    errors: counter({
      name: 'schoolgraph.errors',
      description: 'Errors in answers, refusals among them, by the code that the client was told.',
      unit: '{error}',
    }),
    limits: histogram(
      {
        name: 'schoolgraph.operation.size',
        description: 'What was counted of operations, by limit, where there was any.',
        unit: '1',
      },
      COUNT_BUCKETS,
    ),
    passedLimits: counter({
      name: 'schoolgraph.limit.passed',
      description: 'Operations over a limit, refused or only measured.',
      unit: '{operation}',
    }),
    dryRuns: counter({
      name: 'schoolgraph.authorisation.dry_run',
      description: 'Fields that a dry run of the authorisation would have left out of operations.',
      unit: '{field}',
    }),
    tokens: counter({
      name: 'schoolgraph.tokens.requested',
      description: 'Tokens that apps asked for: issued, or why not.',
      unit: '{request}',
    }),
    reloads: counter({
      name: 'schoolgraph.supergraph.reloads',
      description: 'Supergraphs that took the place of another, and that did not hold.',
      unit: '{reload}',
    }),
  };
}
