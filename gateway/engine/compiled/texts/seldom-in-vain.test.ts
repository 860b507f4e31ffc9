import { expect, it } from 'vitest';
import { seldomInVain } from './seldom-in-vain.ts';

/** When it was tried, of so many times. */
async function triedAt(times: number, isInVain: (time: number) => boolean): Promise<number[]> {
  const tried: number[] = [];
  const work = seldomInVain(async (time: number) => {
    tried.push(time);
    return isInVain(time) ? null : time;
  });
  for (let time = 0; time < times; time += 1) expect([null, time]).toContain(await work(time));
  return tried;
}

it('what always helps is always tried', async () => {
  expect(await triedAt(100, () => false)).toHaveLength(100);
});

it('what never helps is tried once in 64 times, and has cost little by then', async () => {
  expect(await triedAt(300, () => true)).toEqual([0, 2, 6, 14, 30, 62, 126, 190, 254]);
});

it('what helps again is always tried again', async () => {
  const tried = await triedAt(400, (time) => time < 100);
  expect(tried.slice(0, 8)).toEqual([0, 2, 6, 14, 30, 62, 126, 127]);
  expect(tried.at(-1)).toBe(399);
});

it('is given back where it is not in vain, and null where it is, or is not tried', async () => {
  const results = [null, 'a', 'b'];
  const work = seldomInVain(async () => results.shift() ?? null);
  expect([await work(0), await work(0), await work(0), await work(0)]).toEqual([null, null, 'a', 'b']);
});
