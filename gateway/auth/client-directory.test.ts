import { describe, expect, it, vi } from 'vitest';
import { openClientDirectory } from './client-directory.ts';
import { type ClientList, clientList } from './clients.ts';

const lists = Array.from({ length: 4 }, () => clientList([], []));

/** A directory whose reads are answered in turn, and its time, which the test moves. */
async function opened(loads: readonly (() => Promise<ClientList>)[], patienceMs?: number) {
  const time = { now: 0 };
  const load = vi.fn(() => (loads[load.mock.calls.length - 1] ?? fail)());
  const directory = await openClientDirectory(load, { elapsed: () => time.now, ...(patienceMs && { patienceMs }) });
  return { directory, time, load };
}
const fail = () => Promise.reject(new Error('The database is away.'));
const gives = (index: number) => async () => lists[index] as ClientList;

describe('the clients that a gateway knows', () => {
  it('are those that were read, for five seconds', async () => {
    const { directory, time, load } = await opened([gives(0)]);
    time.now = 5_000;
    expect(directory.current()).toBe(lists[0]);
    expect(load).toHaveBeenCalledTimes(1);
  });

  it('are read again before anybody is let in by older ones, once for all who ask', async () => {
    const { directory, time, load } = await opened([gives(0), gives(1)]);
    time.now = 5_001;
    expect(await Promise.all([directory.current(), directory.current()])).toEqual([lists[1], lists[1]]);
    expect(load).toHaveBeenCalledTimes(2);
    expect(directory.last()).toBe(lists[1]);
  });

  it('let nobody in where they cannot be read, and are tried again with the next who asks', async () => {
    const { directory, time } = await opened([gives(0), fail, gives(2)]);
    time.now = 5_001;
    await expect(directory.current()).rejects.toThrow('away');
    expect(await directory.current()).toBe(lists[2]);
  });

  it('are not waited for without end', async () => {
    const { directory, time } = await opened([gives(0), () => new Promise(() => {})], 10);
    time.now = 5_001;
    await expect(directory.current()).rejects.toThrow('in time');
  });

  it('are those of the later read, whichever is answered first', async () => {
    const slow = Promise.withResolvers<ClientList>();
    const { directory, time } = await opened([gives(0), () => slow.promise, gives(2)]);
    time.now = 1;
    const first = directory.reload();
    time.now = 2;
    await directory.reload();
    slow.resolve(lists[1] as ClientList);
    await first;
    expect(directory.last()).toBe(lists[2]);
  });
});
