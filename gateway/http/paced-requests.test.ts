import { describe, expect, it } from 'vitest';
import { createPace, type PaceLimits } from './paced-requests.ts';

function paced(inTurn: number, waiting: Omit<PaceLimits, 'inTurn'> = { waiting: 1_000, waitingInAll: 4_000 }) {
  let next: (() => void) | null = null;
  const pace = createPace({ inTurn, ...waiting }, (work) => {
    next = work;
  });
  const begun: string[] = [];
  return {
    begun,
    ask(key: string, name: string): void {
      const wait = pace(key);
      if (wait) wait.then(() => begun.push(name));
      else begun.push(name);
    },
    async turn(): Promise<boolean> {
      const work = next;
      next = null;
      work?.();
      await Promise.resolve();
      return work !== null;
    },
  };
}

describe('requests of one client, paced', () => {
  it('begin at once, so many of them; the others in the next turns, in their order', async () => {
    const { ask, begun, turn } = paced(2);
    for (const name of ['1', '2', '3', '4', '5']) ask('a', name);
    expect(begun).toEqual(['1', '2']);
    await turn();
    expect(begun).toEqual(['1', '2', '3', '4']);
    await turn();
    expect(begun).toEqual(['1', '2', '3', '4', '5']);
  });

  it('do not go before others of it that wait', async () => {
    const { ask, begun, turn } = paced(1);
    for (const name of ['1', '2', '3']) ask('a', name);
    await turn();
    ask('a', '4');
    for (let each = 0; each < 2; each++) await turn();
    expect(begun).toEqual(['1', '2', '3', '4']);
  });

  it('do not hold up anybody else’s', async () => {
    const { ask, begun, turn } = paced(1);
    for (let each = 0; each < 1_000; each++) ask('a', 'a');
    ask('b', 'b');
    await turn();
    ask('c', 'c');
    expect(begun).toEqual(['a', 'b', 'a', 'c']);
  });

  it('are refused where too many wait, and taken again when some of those have begun', async () => {
    const { ask, begun, turn } = paced(1, { waiting: 2, waitingInAll: 100 });
    for (const name of ['1', '2', '3']) ask('a', name);
    expect(() => ask('a', '4')).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    ask('b', 'b');
    await turn();
    ask('a', '5');
    for (let each = 0; each < 3; each++) await turn();
    expect(begun).toEqual(['1', 'b', '2', '3', '5']);
  });

  it('are refused where too many of everybody’s wait: not the first of a client', async () => {
    const { ask, begun, turn } = paced(1, { waiting: 100, waitingInAll: 3 });
    for (const name of ['1', '2', '3', '4']) ask('a', name);
    for (const name of ['b1', 'b2']) ask('b', name);
    expect(() => ask('b', 'b3')).toThrow(expect.objectContaining({ retryAfterSeconds: 1 }));
    for (let each = 0; each < 3; each++) await turn();
    ask('b', 'b4');
    expect(begun).toEqual(['1', 'b1', '2', 'b2', '3', '4', 'b4']);
  });

  it('are forgotten when they are served', async () => {
    const { ask, turn } = paced(1);
    ask('a', '1');
    expect([await turn(), await turn()]).toEqual([true, false]);
  });
});
