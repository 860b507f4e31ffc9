/**
 * Traces by OpenTelemetry, with nothing in a span but labels of declared types: no texts of operations, no names that a
 * client chose, no messages of errors. Without an exporter spans are not recorded, and still give a request its id.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { ROOT_CONTEXT, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-base';
import type { KnownNames } from './known-names.ts';
import { boundedLabels, type Labels, OTHER } from './labels.ts';
import { createQuietTracing } from './quiet-tracing.ts';
import { readTraceparent, traceparentOf } from './traceparent.ts';

/** `HTTP`: named by its method and route. https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/ names the operations. */
type SpanName = 'HTTP' | 'query' | 'mutation' | 'subscription' | 'prepare' | 'subgraph call' | 'subgraph';

export interface OpenSpan {
  readonly traceId: string;
  readonly traceparent: string;
  label(labels: Labels): void;
  end(outcome?: 'failed'): void;
}

interface SpanOptions {
  kind?: 'server' | 'client';
  labels?: Labels;
  /** A traceparent header of a caller who is trusted: its trace goes on. */
  continues?: string | undefined;
}

export interface Tracing {
  /** Whether spans are kept; where not, only ids and what runs within which of them matter. */
  readonly isRecorded: boolean;
  /** Under the current span; the first of a new trace where there is none. */
  begin(name: SpanName, options?: SpanOptions): OpenSpan;
  /** Runs the work, and whatever it waits for, with this span as the current one. */
  within<Result>(span: OpenSpan, work: () => Result): Result;
  current(): OpenSpan | undefined;
  flush(): Promise<void>;
  shutdown(): Promise<void>;
}

interface TracingOptions {
  /** `schoolgraph-gateway` */
  service: string;
  names: KnownNames;
  exporter: SpanExporter | null;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT } as const;

export const createTracing = ({ exporter, ...options }: TracingOptions): Tracing =>
  exporter ? createRecordedTracing({ ...options, exporter }) : createQuietTracing();

function createRecordedTracing({
  service,
  names,
  exporter,
}: Omit<TracingOptions, 'exporter'> & { exporter: SpanExporter }): Tracing {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': service }),
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  // never made the global one: the stock gateway would write operations into it
  const tracer = provider.getTracer('schoolgraph');
  const open = new AsyncLocalStorage<TracedSpan>();
  return {
    isRecorded: true,
    begin(name, { kind, labels = {}, continues } = {}) {
      const attributes = boundedLabels(labels, names);
      const parent = readTraceparent(continues) ?? open.getStore()?.span.spanContext();
      const context = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
      const options = { attributes, kind: kind ? KINDS[kind] : SpanKind.INTERNAL };
      return new TracedSpan(tracer.startSpan(nameOf(name, attributes), options, context), names);
    },
    within: (span, work) => (span instanceof TracedSpan ? open.run(span, work) : work()),
    current: () => open.getStore(),
    flush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}

/** https://opentelemetry.io/docs/specs/semconv/http/http-spans/#name */
function nameOf(name: SpanName, attributes: Readonly<Record<string, string | number>>): string {
  if (name !== 'HTTP') return name;
  const { 'http.request.method': method, 'http.route': route } = attributes;
  return [method === OTHER ? name : method, route].filter((part) => part !== undefined && part !== OTHER).join(' ');
}

class TracedSpan implements OpenSpan {
  readonly span: Span;
  readonly #names: KnownNames;
  constructor(span: Span, names: KnownNames) {
    this.span = span;
    this.#names = names;
  }
  get traceId(): string {
    return this.span.spanContext().traceId;
  }
  get traceparent(): string {
    return traceparentOf(this.span.spanContext());
  }
  label(labels: Labels): void {
    if (this.span.isRecording()) this.span.setAttributes(boundedLabels(labels, this.#names));
  }
  end(outcome?: 'failed'): void {
    if (outcome === 'failed') this.span.setStatus({ code: SpanStatusCode.ERROR });
    this.span.end();
  }
}
