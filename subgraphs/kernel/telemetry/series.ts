/** What is told under one set of labels: plain numbers, so that a recording is a few additions. */
import type { Histogram } from '@opentelemetry/sdk-metrics';
import type { BoundedLabels } from './labels.ts';

export abstract class Series<Value> {
  readonly labels: BoundedLabels;
  /** One that was bound and has recorded nothing is not told of. */
  isRecorded = false;
  constructor(labels: BoundedLabels) {
    this.labels = labels;
  }
  abstract read(): Value;
}

/** Only rises: what would make it fall is left out, as OpenTelemetry has it. */
export class Count extends Series<number> {
  #sum = 0;
  add(by = 1): void {
    if (!(by >= 0)) return;
    this.#sum += by;
    this.isRecorded = true;
  }
  read(): number {
    return this.#sum;
  }
}

/** May go down, too. */
export class Level extends Series<number> {
  #sum = 0;
  add(by: number): void {
    this.#sum += by;
    this.isRecorded = true;
  }
  read(): number {
    return this.#sum;
  }
}

/** Holds what was seen last. */
export class Latest extends Series<number> {
  #value = 0;
  set(value: number): void {
    this.#value = value;
    this.isRecorded = true;
  }
  read(): number {
    return this.#value;
  }
}

/** How many values fell between which bounds. None is negative: those that are, are left out. */
export class Distribution extends Series<Histogram> {
  readonly #bounds: readonly number[];
  /** Of each bound what is no more than it and more than the one before; the last is above them all. */
  readonly #counts: number[];
  #count = 0;
  #sum = 0;
  constructor(labels: BoundedLabels, bounds: readonly number[]) {
    super(labels);
    this.#bounds = bounds;
    this.#counts = Array.from({ length: bounds.length + 1 }, () => 0);
  }
  record(value: number): void {
    if (!(value >= 0)) return;
    let at = 0;
    while (value > (this.#bounds[at] ?? Number.POSITIVE_INFINITY)) at++;
    this.#counts[at] = (this.#counts[at] ?? 0) + 1;
    this.#count += 1;
    this.#sum += value;
    this.isRecorded = true;
  }
  read(): Histogram {
    const buckets = { boundaries: [...this.#bounds], counts: [...this.#counts] };
    return { buckets, count: this.#count, sum: this.#sum };
  }
}
