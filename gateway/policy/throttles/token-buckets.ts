/**
 * A bucket of tokens for each of many: full at the start, emptied by what is taken, filled again evenly over a minute.
 * What a bucket holds is counted when somebody looks: no timers. Kept in memory, and so for one process alone.
 */

/** More are not kept: a bucket that is forgotten begins full. */
const MOST_BUCKETS = 10_000;

const MINUTE_MS = 60_000;

interface Taken {
  /** Nothing is taken where there is not enough. */
  isTaken: boolean;
  /** Whole tokens that are left. */
  left: number;
  /** Milliseconds until there is enough; 0 where there was. */
  waitMs: number;
  /** Milliseconds until it is full. */
  fullInMs: number;
}

interface TokenBuckets {
  /** `most`: how much a bucket holds, which is what it is filled by in a minute. More than that is taken as if it were that. */
  take(key: string, tokens: number, most: number): Taken;
  size(): number;
}

interface Bucket {
  tokens: number;
  /** When that was so. */
  at: number;
}

/** `now` in milliseconds, never going back. */
export function createTokenBuckets(now: () => number, mostBuckets = MOST_BUCKETS): TokenBuckets {
  // in the order of their last use: whoever comes seldom is forgotten first
  const buckets = new Map<string, Bucket>();
  const bucketOf = (key: string, most: number): Bucket => {
    const at = now();
    const known = buckets.get(key);
    const tokens = known ? Math.min(most, known.tokens + ((at - known.at) * most) / MINUTE_MS) : most;
    const bucket = { tokens, at };
    buckets.delete(key);
    buckets.set(key, bucket);
    const [oldest] = buckets.keys();
    if (buckets.size > mostBuckets && oldest !== undefined) buckets.delete(oldest);
    return bucket;
  };
  return {
    take(key, tokens, most) {
      const bucket = bucketOf(key, most);
      const wanted = Math.min(tokens, most);
      const isTaken = bucket.tokens >= wanted;
      if (isTaken) bucket.tokens -= wanted;
      const msFor = (missing: number): number => Math.max(0, (missing * MINUTE_MS) / most);
      return {
        isTaken,
        left: Math.floor(bucket.tokens),
        waitMs: isTaken ? 0 : msFor(wanted - bucket.tokens),
        fullInMs: msFor(most - bucket.tokens),
      };
    },
    size: () => buckets.size,
  };
}
