import { describe, expect, it } from 'vitest';
import { createPace } from './paced-requests.ts';

function paced(mostInTurn: number) {
  let next: (() => void) | null = null;
  const pace = createPace(mostInTurn, (work) => {
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

  it('are forgotten when they are served', async () => {
    const { ask, turn } = paced(1);
    ask('a', '1');
    expect([await turn(), await turn()]).toEqual([true, false]);
  });
});
