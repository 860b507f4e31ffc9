/** Counts against limits. Counting ends at the first count that is over its limit, whatever would come after it. */
import { type Counts, type LimitName, type Limits, NOTHING_COUNTED } from './limits.ts';

/** Thrown by a tally at the moment that a count goes over its limit. */
export class OverLimit extends Error {
  override name = 'OverLimit';
  readonly limit: LimitName;

  constructor(limit: LimitName) {
    super(`Over the limit: ${limit}.`);
    this.limit = limit;
  }
}

export interface Tally {
  counts: Readonly<Counts>;
  /** Keeps the highest of all. Throws OverLimit. */
  reach(limit: LimitName, count: number): void;
}

export function createTally(limits: Limits): Tally {
  const counts: Counts = { ...NOTHING_COUNTED };
  return {
    counts,
    reach(limit, count) {
      if (count > counts[limit]) counts[limit] = count;
      if (count > limits[limit]) throw new OverLimit(limit);
    },
  };
}
