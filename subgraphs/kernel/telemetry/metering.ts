/**
 * Metrics of OpenTelemetry's data model, read as Prometheus' text. They are summed in plain numbers, and made into that
 * model when somebody reads them. Labels are bounded: `labels.ts` says which there are.
 */
import { millisToHrTime } from '@opentelemetry/core';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { emptyResource } from '@opentelemetry/resources';
import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { KnownNames } from './known-names.ts';
import type { BoundedLabels, Labels } from './labels.ts';
import { type Instrument, type Metric, metricData } from './metric-data.ts';
import { Count, Distribution, Latest, Level } from './series.ts';
import { createSeriesByLabel, type SeriesByLabel } from './series-by-label.ts';

type Measurement = readonly [value: number, labels: Labels];

/** A recording with its labels, for what is rare; for what is done with every request, series that are found `by` values. */
type Recorder<Arguments extends unknown[], Series> = ((...recording: Arguments) => void) &
  Pick<SeriesByLabel<Series>, 'by'>;

export interface Metering {
  counter(instrument: Instrument): Recorder<[labels: Labels, by?: number], Count>;
  /** May go down, too. */
  level(instrument: Instrument): Recorder<[labels: Labels, by: number], Level>;
  histogram(
    instrument: Instrument,
    buckets: readonly number[],
  ): Recorder<[value: number, labels: Labels], Distribution>;
  /** Asked whenever the metrics are read. */
  observed(kind: 'counter' | 'gauge', instrument: Instrument, read: () => Iterable<Measurement>): void;
  /** https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format, version 0.0.4 */
  text(): Promise<string>;
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Seconds. https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration */
export const DURATION_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;

export function createMetering(names: KnownNames): Metering {
  const metrics = createMetrics();
  const printer = new PrometheusSerializer(undefined, false, undefined, true, true);
  const counts = onePerName<SeriesByLabel<Count>>();
  const levels = onePerName<SeriesByLabel<Level>>();
  const distributions = onePerName<SeriesByLabel<Distribution>>();
  const observed = onePerName<(() => Iterable<Measurement>)[]>();
  return {
    counter(about) {
      const { of, by, all } = counts(about.name, () => createSeriesByLabel(names, (labels) => new Count(labels)));
      metrics.add({ kind: 'counter', about, series: all });
      return Object.assign((labels: Labels, more?: number) => of(labels).add(more), { by });
    },
    level(about) {
      const { of, by, all } = levels(about.name, () => createSeriesByLabel(names, (labels) => new Level(labels)));
      metrics.add({ kind: 'level', about, series: all });
      return Object.assign((labels: Labels, more: number) => of(labels).add(more), { by });
    },
    histogram(about, buckets) {
      const create = (labels: BoundedLabels) => new Distribution(labels, buckets);
      const { of, by, all } = distributions(about.name, () => createSeriesByLabel(names, create));
      metrics.add({ kind: 'histogram', about, series: all });
      return Object.assign((value: number, labels: Labels) => of(labels).record(value), { by });
    },
    observed(kind, about, read) {
      const reads = observed(about.name, () => []);
      reads.push(read);
      const series = () => {
        const { of, all } = createSeriesByLabel(names, (labels) => new Latest(labels));
        for (const [value, labels] of reads.flatMap((each) => [...each()])) of(labels).set(value);
        return all();
      };
      metrics.add({ kind, about, series });
    },
    text: async () => printer.serialize(metrics.collect()),
  };
}

/** However often an instrument is asked for, its numbers are summed in one place. */
function onePerName<Value>() {
  const all = new Map<string, Value>();
  return (name: string, create: () => Value): Value => {
    const found = all.get(name) ?? create();
    all.set(name, found);
    return found;
  };
}

function createMetrics() {
  const startTime = millisToHrTime(Date.now());
  const metrics = new Map<string, Metric>();
  return {
    /** Where an instrument is described in two ways, the longer one is told. Throws where it is of two kinds. */
    add(metric: Metric): void {
      const { kind, about } = metric;
      const known = metrics.get(about.name);
      if (known && known.kind !== kind)
        throw new Error(`Expected ${about.name} to be a ${known.kind} wherever it is measured, not a ${kind}.`);
      if (!known || known.about.description.length < about.description.length) metrics.set(about.name, metric);
    },
    collect(): ResourceMetrics {
      const period = { startTime, endTime: millisToHrTime(Date.now()) };
      const data = [...metrics.values()].map((metric) => metricData(metric, period));
      const recorded = data.filter(({ dataPoints }) => dataPoints.length > 0);
      return { resource: emptyResource(), scopeMetrics: [{ scope: { name: 'schoolgraph' }, metrics: recorded }] };
    },
  };
}
