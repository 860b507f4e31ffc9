import { describe, expect, it, vi } from 'vitest';
import { keepFreshCopy } from './fresh-copy.ts';

const values = ['first', 'second', 'third'] as const;

/** A copy whose reads are answered in turn, and its time, which the test moves. */
async function opened(loads: readonly (() => Promise<string>)[], patienceMs?: number) {
  const time = { now: 0 };
  const load = vi.fn(() => (loads[load.mock.calls.length - 1] ?? fail)());
  const copy = await keepFreshCopy(load, { elapsed: () => time.now, ...(patienceMs && { patienceMs }) });
  return { copy, time, load };
}
const fail = () => Promise.reject(new Error('The database is away.'));
const gives = (index: number) => async () => values[index] as string;

describe('what a gateway keeps in mind', () => {
  it('is what was read, for five seconds', async () => {
    const { copy, time, load } = await opened([gives(0)]);
    time.now = 5_000;
    expect(copy.current()).toBe(values[0]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('is read again before anybody is let in by an older one, once for all who ask', async () => {
    const { copy, time, load } = await opened([gives(0), gives(1)]);
    time.now = 5_001;
    expect(await Promise.all([copy.current(), copy.current()])).toEqual([values[1], values[1]]);
    expect(load).toHaveBeenCalledTimes(2);
    expect(copy.last()).toBe(values[1]);
  });

  it('lets nobody in where it cannot be read, and is tried again with the next who asks', async () => {
    const { copy, time } = await opened([gives(0), fail, gives(2)]);
    time.now = 5_001;
    await expect(copy.current()).rejects.toThrow('away');
    expect(await copy.current()).toBe(values[2]);
  });

  it('is not waited for without end', async () => {
    const { copy, time } = await opened([gives(0), () => new Promise(() => {})], 10);
    time.now = 5_001;
    await expect(copy.current()).rejects.toThrow('in time');
  });

  it('is that of the later read, whichever is answered first', async () => {
    const slow = Promise.withResolvers<string>();
    const { copy, time } = await opened([gives(0), () => slow.promise, gives(2)]);
    time.now = 1;
    const first = copy.reload();
    time.now = 2;
    await copy.reload();
    slow.resolve(values[1]);
    await first;
    expect(copy.last()).toBe(values[2]);
  });
});
