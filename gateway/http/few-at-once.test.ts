import { expect, it } from 'vitest';
import { createFewAtOnce } from './few-at-once.ts';

it('so many go on in a piece, in their order, and at once who finds too many waiting', async () => {
  const pieces: (() => void)[] = [];
  const wait = createFewAtOnce({ atOnce: 2, waiting: 5 }, () => new Promise((resolve) => pieces.push(resolve)));
  const gone: number[] = [];
  const ask = (name: number) => void wait().then(() => gone.push(name));
  const piece = async (): Promise<number> => {
    for (const begin of pieces.splice(0)) begin();
    for (let each = 0; each < 10; each += 1) await Promise.resolve();
    return gone.length;
  };
  for (const name of [1, 2, 3, 4, 5, 6]) ask(name);
  expect([pieces.length, await piece(), await piece(), await piece()]).toEqual([1, 3, 5, 6]);
  expect(gone).toEqual([6, 1, 2, 3, 4, 5]);
  expect(pieces).toEqual([]);
  ask(7);
  await piece();
  expect(gone).toContain(7);
});
