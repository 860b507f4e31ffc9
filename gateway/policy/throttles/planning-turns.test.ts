import { describe, expect, it } from 'vitest';
import { createPlanningTurns } from './planning-turns.ts';

/** Work that ends when it is told to. */
function controlled(limits = { atOnce: 1, waiting: 3, waitingInAll: 100 }) {
  const turns = createPlanningTurns(limits);
  const begun: string[] = [];
  const ends = new Map<string, { resolve(value: string): void; reject(error: Error): void }>();
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return {
    begun,
    take(client: string, name: string): Promise<string> {
      const taken = turns.take(client, () => {
        begun.push(name);
        const { promise, ...end } = Promise.withResolvers<string>();
        ends.set(name, end);
        return promise;
      });
      taken.catch(() => {});
      return taken;
    },
    async end(name: string): Promise<void> {
      ends.get(name)?.resolve(name);
      await settled();
    },
    async fail(name: string): Promise<void> {
      ends.get(name)?.reject(new Error(name));
      await settled();
    },
  };
}

const refused = expect.objectContaining({ extensions: { code: 'LIMIT_PLANNING' }, retryAfterSeconds: 1 });
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  );

describe('turns at planning', () => {
  it('are so many at once, and the next one when one ends', async () => {
    const { take, begun, end } = controlled({ atOnce: 2, waiting: 3, waitingInAll: 100 });
    const taken = ['a', 'b', 'c'].map((name) => take('one', name));
    expect(begun).toEqual(['a', 'b']);
    await end('b');
    expect(begun).toEqual(['a', 'b', 'c']);
    expect(await taken[1]).toBe('b');
  });

  it('go round the clients: a flood waits behind itself', async () => {
    const { take, begun, end } = controlled();
    for (const name of ['f1', 'f2', 'f3', 'f4']) take('flood', name);
    take('one', 'o1');
    take('other', 'x1');
    take('one', 'o2');
    for (const name of ['f1', 'f2', 'o1', 'x1', 'f3', 'o2']) await end(name);
    expect(begun).toEqual(['f1', 'f2', 'o1', 'x1', 'f3', 'o2', 'f4']);
  });

  it('are waited for by so many of a client, and one more is refused', async () => {
    const { take } = controlled();
    for (const name of ['1', '2', '3', '4']) take('flood', name);
    expect(await failure(take('flood', '5'))).toEqual(refused);
    expect(await Promise.race([take('one', 'o1'), 'waits'])).toBe('waits');
  });

  it('are waited for by so many in all: one more takes the place of the longest queue’s last', async () => {
    const { take, begun, end } = controlled({ atOnce: 1, waiting: 3, waitingInAll: 4 });
    take('flood', 'f0');
    const [, , last] = ['f1', 'f2', 'f3'].map((name) => take('flood', name));
    take('one', 'o1');
    take('other', 'x1');
    expect(await failure(last ?? Promise.resolve())).toEqual(refused);
    for (const name of ['f0', 'f1', 'o1', 'x1']) await end(name);
    expect(begun).toEqual(['f0', 'f1', 'o1', 'x1', 'f2']);
  });

  it('go on where one fails', async () => {
    const { take, begun, fail } = controlled();
    const failing = take('one', 'a');
    take('one', 'b');
    await fail('a');
    expect(await failure(failing)).toEqual(new Error('a'));
    expect(begun).toEqual(['a', 'b']);
  });

  it('are handed over: who comes at that moment does not come between', async () => {
    const turns = createPlanningTurns({ atOnce: 1, waiting: 3, waitingInAll: 100 });
    const begun: string[] = [];
    let running = 0;
    const work = (name: string) => async () => {
      running += 1;
      begun.push(`${name} ${running}`);
      await null;
      running -= 1;
    };
    const first = turns.take('a', work('first')).then(() => turns.take('c', work('third')));
    await Promise.all([first, turns.take('b', work('second'))]);
    expect(begun).toEqual(['first 1', 'second 1', 'third 1']);
  });
});
