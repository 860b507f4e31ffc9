/** What a process tells of itself: a log, traces and metrics, with nothing personal in any of them. */
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { DestinationStream } from 'pino';
import { failedCallOf } from './failed-call.ts';
import { createKnownNames, type KnownNames } from './known-names.ts';
import { createLog, type Log } from './log.ts';
import type { LogLevel } from './log-messages.ts';
import { createMetering, type Metering } from './metering.ts';
import { measureProcess } from './process-metrics.ts';
import { createTracing, type Tracing } from './tracing.ts';

export interface TelemetryOptions {
  /** `schoolgraph-gateway` */
  service: string;
  logLevel: LogLevel;
  /** An OpenTelemetry collector's; traces go nowhere without it. */
  otlpEndpoint: URL | undefined;
  /** Where log lines go; standard error where it is not said. */
  logTo?: DestinationStream;
  /** Takes the spans in place of a collector. */
  exporter?: SpanExporter;
}

export interface Telemetry {
  log: Log;
  /** Of the log's fields and the metrics' labels: names that are ours. */
  names: KnownNames;
  tracing: Tracing;
  metering: Metering;
  /** Told of every error that is masked, with the id that the client is given. */
  reportError(id: string, error: unknown): void;
  reportFailedEvent(event: string, eventId: string, error: unknown): void;
  shutdown(): Promise<void>;
}

export function createTelemetry({ service, logLevel, otlpEndpoint, logTo, exporter }: TelemetryOptions): Telemetry {
  const names = createKnownNames();
  const spansTo = exporter ?? (otlpEndpoint ? new OTLPTraceExporter({ url: tracesAt(otlpEndpoint) }) : null);
  const tracing = createTracing({ service, names, exporter: spansTo });
  const traceId = () => tracing.current()?.traceId;
  const log = createLog({ level: logLevel, names, traceId, ...(logTo && { to: logTo }) });
  const metering = createMetering(names);
  const endMeasuring = measureProcess(metering);
  const failedEvents = metering.counter({
    name: 'schoolgraph.events.failed',
    description: 'Events that a handler failed on; they are tried again.',
    unit: '{event}',
  });
  return {
    log,
    names,
    tracing,
    metering,
    reportError: (id, error) => log('An internal error was answered.', { id, ...failedCallOf(error, names), error }),
    reportFailedEvent(event, eventId, error) {
      log('An event could not be handled; it is tried again.', { event, eventId, error });
      failedEvents({ 'event.name': event });
    },
    async shutdown() {
      endMeasuring();
      await tracing.shutdown();
    },
  };
}

/** https://opentelemetry.io/docs/specs/otel/protocol/exporter/#endpoint-urls-for-otlphttp */
const tracesAt = ({ href }: URL): string => new URL('v1/traces', href.endsWith('/') ? href : `${href}/`).href;
