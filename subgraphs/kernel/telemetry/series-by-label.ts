/** Finds the series of a set of labels. Labels are bounded, and so is how many series there are. */
import type { KnownNames } from './known-names.ts';
import { type BoundedLabels, boundedLabels, type LabelName, type Labels } from './labels.ts';

export interface SeriesByLabel<Series> {
  /** In whatever order the labels are said. */
  of(labels: Labels): Series;
  /**
   * The same for labels of these names, by their values in this order: what was found once is found again without being
   * looked at anew.
   */
  by<const Names extends readonly LabelName[]>(...names: Names): (...values: ValuesOf<Names>) => Series;
  /** In the order in which they were first asked for. */
  all(): Iterable<Series>;
}

type ValuesOf<Names extends readonly LabelName[]> = { [At in keyof Names]: Labels[Names[At]] };

/** https://opentelemetry.io/docs/specs/otel/metrics/sdk/#cardinality-limits: what comes after these is summed in one. */
const MOST_SERIES = 2_000;
const OVERFLOW = { 'otel.metric.overflow': true } as const;

export function createSeriesByLabel<Series>(
  names: KnownNames,
  create: (labels: BoundedLabels) => Series,
): SeriesByLabel<Series> {
  const series = new Map<string, Series>();
  let overflow: Series | undefined;
  const find = (labels: BoundedLabels): Series => {
    const key = JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
    const found = series.get(key);
    if (found !== undefined) return found;
    if (series.size >= MOST_SERIES - 1) {
      overflow ??= create(OVERFLOW);
      return overflow;
    }
    const created = create(labels);
    series.set(key, created);
    return created;
  };
  return {
    of: (labels) => find(boundedLabels(labels, names)),
    by(...labelNames) {
      const kept = createKeptSeries<Series>();
      return (...values) => {
        const known = kept.get(values);
        if (known !== undefined) return known;
        const labels = boundedLabels(Object.fromEntries(labelNames.map((name, at) => [name, values[at]])), names);
        const found = find(labels);
        // under what is told of the values: one that is not known may become so, and until then is no key
        if (found !== overflow)
          kept.set(
            labelNames.map((name) => labels[name]),
            found,
          );
        return found;
      };
    },
    all: () => (overflow === undefined ? series.values() : [...series.values(), overflow]),
  };
}

interface Branch<Series> {
  readonly next: Map<unknown, Branch<Series>>;
  series: Series | undefined;
}

/** By values one after the other: a look-up for each, and no key that is made of them. */
function createKeptSeries<Series>() {
  const root: Branch<Series> = { next: new Map(), series: undefined };
  return {
    get(values: readonly unknown[]): Series | undefined {
      let at: Branch<Series> | undefined = root;
      for (let each = 0; each < values.length && at; each++) at = at.next.get(values[each]);
      return at?.series;
    },
    set(values: readonly unknown[], series: Series): void {
      let at = root;
      for (const value of values) {
        const next: Branch<Series> = at.next.get(value) ?? { next: new Map(), series: undefined };
        at.next.set(value, next);
        at = next;
      }
      at.series = series;
    },
  };
}
