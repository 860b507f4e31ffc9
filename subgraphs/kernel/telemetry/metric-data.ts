/** Series in OpenTelemetry's data model: https://opentelemetry.io/docs/specs/otel/metrics/data-model/ */
import { ValueType } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
} from '@opentelemetry/sdk-metrics';
import type { Series } from './series.ts';

export interface Instrument {
  /** By OpenTelemetry's semantic conventions, or beginning with `schoolgraph.` */
  name: string;
  description: string;
  /** By UCUM: `s`, `By`, `{request}`. */
  unit: string;
}

export type Metric = NumberMetric | HistogramMetric;

interface NumberMetric {
  kind: 'counter' | 'level' | 'gauge';
  about: Instrument;
  series(): Iterable<Series<number>>;
}

interface HistogramMetric {
  kind: 'histogram';
  about: Instrument;
  series(): Iterable<Series<Histogram>>;
}

/** From when on it was summed, and until when. */
type Period = Pick<DataPoint<unknown>, 'startTime' | 'endTime'>;

/** Without points where nothing was recorded. */
export function metricData(metric: Metric, period: Period): MetricData {
  const described = {
    descriptor: { ...metric.about, valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  if (metric.kind === 'histogram')
    return { ...described, dataPointType: DataPointType.HISTOGRAM, dataPoints: pointsOf(metric.series(), period) };
  const dataPoints = pointsOf(metric.series(), period);
  if (metric.kind === 'gauge') return { ...described, dataPointType: DataPointType.GAUGE, dataPoints };
  return { ...described, dataPointType: DataPointType.SUM, dataPoints, isMonotonic: metric.kind === 'counter' };
}

const pointsOf = <Value>(series: Iterable<Series<Value>>, period: Period): DataPoint<Value>[] =>
  [...series]
    .filter(({ isRecorded }) => isRecorded)
    .map((each) => ({ ...period, attributes: each.labels, value: each.read() }));
