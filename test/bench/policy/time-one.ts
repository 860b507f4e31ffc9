/** How long one small thing takes, in microseconds. */
import { percentile } from '../load/percentile.ts';

export interface Timing {
  median: number;
  p99: number;
}

/** Work whose result nobody could see might be left out by the compiler. */
const sink: { last: unknown } = { last: null };

/** Long enough for the clock, short enough for many of them. */
const BATCH_MS = 0.5;

/**
 * In batches of equal things, so that the clock itself counts for little; the first third of the time is for the compiler. `work` is
 * awaited where it gives a promise.
 */
export async function timeOne(work: () => unknown, milliseconds: number): Promise<Timing> {
  const isAsync = work() instanceof Promise;
  const batch = isAsync ? awaited(work) : atOnce(work);
  const warm = performance.now() + milliseconds / 3;
  let size = 1;
  while (performance.now() < warm) if ((await batch(size)) < BATCH_MS) size = Math.min(size * 2, 1 << 16);
  const times: number[] = [];
  for (const end = performance.now() + (milliseconds * 2) / 3; performance.now() < end; )
    times.push(((await batch(size)) * 1_000) / size);
  return { median: percentile(times, 0.5), p99: percentile(times, 0.99) };
}

/** Milliseconds that so many took. */
type Batch = (size: number) => Promise<number>;

const atOnce =
  (work: () => unknown): Batch =>
  async (size) => {
    const start = performance.now();
    for (let done = 0; done < size; done++) sink.last = work();
    return performance.now() - start;
  };

const awaited =
  (work: () => unknown): Batch =>
  async (size) => {
    const start = performance.now();
    for (let done = 0; done < size; done++) sink.last = await work();
    return performance.now() - start;
  };
