/** Metrics by OpenTelemetry, read as Prometheus' text. Labels are bounded: `labels.ts` says which there are. */
import type { Attributes, ObservableResult } from '@opentelemetry/api';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { KnownNames } from './known-names.ts';
import { boundedLabels, type Labels } from './labels.ts';

interface Instrument {
  /** By OpenTelemetry's semantic conventions, or beginning with `schoolgraph.` */
  name: string;
  description: string;
  /** By UCUM: `s`, `By`, `{request}`. */
  unit: string;
}

type Measurement = readonly [value: number, labels: Labels];

export interface Metering {
  counter(instrument: Instrument): (labels: Labels, by?: number) => void;
  /** May go down, too. */
  level(instrument: Instrument): (labels: Labels, by: number) => void;
  histogram(instrument: Instrument, buckets: readonly number[]): (value: number, labels: Labels) => void;
  /** Asked whenever the metrics are read. */
  observed(kind: 'counter' | 'gauge', instrument: Instrument, read: () => Iterable<Measurement>): void;
  /** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, version 0.0.4 */
  text(): Promise<string>;
  shutdown(): Promise<void>;
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Seconds. https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;

/** Read when somebody asks; nothing is pushed. */
class PullReader extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

export function createMetering(names: KnownNames): Metering {
  const reader = new PullReader();
  const provider = new MeterProvider({ readers: [reader] });
  const meter = provider.getMeter('schoolgraph');
  const printer = new PrometheusSerializer(undefined, false, undefined, true, true);
  const bounded = (labels: Labels): Attributes => boundedLabels(labels, names);
  return {
    counter({ name, ...about }) {
      const counter = meter.createCounter(name, about);
      return (labels, by = 1) => counter.add(by, bounded(labels));
    },
    level({ name, ...about }) {
      const level = meter.createUpDownCounter(name, about);
      return (labels, by) => level.add(by, bounded(labels));
    },
    histogram({ name, ...about }, buckets) {
      const histogram = meter.createHistogram(name, { ...about, advice: { explicitBucketBoundaries: [...buckets] } });
      return (value, labels) => histogram.record(value, bounded(labels));
    },
    observed(kind, { name, ...about }, read) {
      const instrument =
        kind === 'counter' ? meter.createObservableCounter(name, about) : meter.createObservableGauge(name, about);
      instrument.addCallback((result: ObservableResult) => {
        for (const [value, labels] of read()) result.observe(value, bounded(labels));
      });
    },
    async text() {
      const { resourceMetrics } = await reader.collect();
      return printer.serialize(resourceMetrics);
    },
    shutdown: () => provider.shutdown(),
  };
}
