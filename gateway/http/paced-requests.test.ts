import { describe, expect, it } from 'vitest';
import { createPace, type PaceLimits } from './paced-requests.ts';

const ONGOING = new AbortController().signal;

/** Requests by name: when they begin, and when they end. */
function paced(most: Partial<PaceLimits> = {}) {
  let next: (() => void) | null = null;
  const pace = createPace({ atOnce: 1_000, waiting: 1_000, waitingInAll: 4_000, ...most }, (work) => {
    next = work;
  });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const turn = async (): Promise<boolean> => {
    const work = next;
    next = null;
    work?.();
    for (let each = 0; each < 10; each += 1) await Promise.resolve();
    return work !== null;
  };
  return {
    begun,
    turn,
    ask: (key: string, name: string, signal = ONGOING): Promise<void> =>
      pace(key, signal, () => {
        begun.push(name);
        return new Promise((resolve) => ends.set(name, resolve));
      }),
    async end(name: string): Promise<void> {
      ends.get(name)?.();
      for (let each = 0; each < 10; each += 1) await Promise.resolve();
    },
    async turns(): Promise<void> {
      while (await turn());
    },
  };
}

const AGAIN = expect.objectContaining({ retryAfterSeconds: 1 });

describe('requests, paced', () => {
  it('begin one in a turn, those of a client in their order', async () => {
    const { ask, begun, turn } = paced();
    for (const name of ['1', '2', '3']) ask('a', name);
    expect(begun).toEqual([]);
    await turn();
    expect(begun).toEqual(['1']);
    await turn();
    ask('a', '4');
    for (const _each of [3, 4]) await turn();
    expect(begun).toEqual(['1', '2', '3', '4']);
  });

  it('of a client that sends many leave every other turn to another’s', async () => {
    const { ask, begun, turn } = paced();
    for (let each = 0; each < 900; each++) ask('a', 'a');
    await turn();
    for (const name of ['b1', 'b2']) ask('b', name);
    for (let each = 0; each < 5; each++) await turn();
    expect(begun).toEqual(['a', 'a', 'b1', 'a', 'b2', 'a']);
  });

  it('of a client are in progress as many as may be, however long they take; others’ begin meanwhile', async () => {
    const { ask, begun, turns, end } = paced({ atOnce: 2 });
    for (const name of ['1', '2', '3', '4']) ask('a', name);
    await turns();
    ask('b', 'b');
    await turns();
    expect(begun).toEqual(['1', '2', 'b']);
    await end('1');
    await turns();
    expect(begun).toEqual(['1', '2', 'b', '3']);
  });

  it('are refused where too many wait, and taken again when some of those have begun', async () => {
    const { ask, begun, turn, turns } = paced({ waiting: 2 });
    for (const name of ['1', '2']) ask('a', name);
    await expect(ask('a', '3')).rejects.toEqual(AGAIN);
    ask('b', 'b');
    await turn();
    ask('a', '4');
    await turns();
    expect(begun).toEqual(['1', 'b', '2', '4']);
  });

  it('are refused where too many of everybody’s wait: not the first of a client', async () => {
    const { ask, begun, turns } = paced({ waitingInAll: 3 });
    for (const name of ['1', '2', '3']) ask('a', name);
    ask('b', 'b1');
    await expect(ask('b', 'b2')).rejects.toEqual(AGAIN);
    await turns();
    ask('b', 'b3');
    await turns();
    expect(begun).toEqual(['1', 'b1', '2', '3', 'b3']);
  });

  it('that are over before their turn take none', async () => {
    const { ask, begun, turn } = paced();
    const over = new AbortController();
    const answer = ask('a', '1', over.signal);
    ask('a', '2');
    over.abort();
    await expect(answer).rejects.toEqual(AGAIN);
    await turn();
    expect(begun).toEqual(['2']);
  });

  it('end as what they do', async () => {
    const pace = createPace({ atOnce: 1, waiting: 1, waitingInAll: 1 }, (work) => work());
    expect(await pace('a', ONGOING, async () => 1)).toBe(1);
    await expect(pace('a', ONGOING, () => Promise.reject(new Error('so')))).rejects.toThrow('so');
    expect(await pace('a', ONGOING, async () => 2)).toBe(2);
  });

  it('are forgotten when they have begun', async () => {
    const { ask, turn } = paced();
    ask('a', '1');
    expect([await turn(), await turn()]).toEqual([true, false]);
  });
});
