import { describe, expect, it } from 'vitest';
import { createTokenBuckets } from './token-buckets.ts';

function buckets(mostBuckets?: number) {
  let ms = 0;
  const { take, size } = createTokenBuckets(() => ms, mostBuckets);
  return {
    pass(seconds: number) {
      ms += seconds * 1000;
    },
    take: (tokens: number, key = 'a') => take(key, tokens, 60),
    size,
  };
}

describe('a bucket', () => {
  it('is full at first, gives what it holds, and not one more', () => {
    const { take } = buckets();
    expect(take(59)).toEqual({ isTaken: true, left: 1, waitMs: 0, fullInMs: 59_000 });
    expect(take(1)).toMatchObject({ isTaken: true, left: 0 });
    expect(take(1)).toEqual({ isTaken: false, left: 0, waitMs: 1000, fullInMs: 60_000 });
  });

  it('loses nothing to whoever asks for more than there is', () => {
    const { take } = buckets();
    take(50);
    expect(take(11)).toMatchObject({ isTaken: false, left: 10, waitMs: 1000 });
    expect(take(10).isTaken).toBe(true);
  });

  it('fills evenly, and no further than full', () => {
    const { take, pass } = buckets();
    take(60);
    pass(0.999);
    expect(take(1).isTaken).toBe(false);
    pass(0.001);
    expect(take(1).isTaken).toBe(true);
    pass(3600);
    expect(take(0)).toMatchObject({ left: 60, fullInMs: 0 });
  });

  it('gives what is more than it can hold for all that it holds: nothing is impossible for ever', () => {
    const { take, pass } = buckets();
    expect(take(1_000)).toMatchObject({ isTaken: true, left: 0 });
    expect(take(1_000)).toMatchObject({ isTaken: false, waitMs: 60_000 });
    pass(60);
    expect(take(1_000).isTaken).toBe(true);
  });

  it('is its owner’s alone', () => {
    const { take } = buckets();
    take(60, 'a');
    expect(take(60, 'b').isTaken).toBe(true);
  });
});

describe('buckets', () => {
  it('are no more than so many: whoever comes seldom is forgotten first', () => {
    const { take, size } = buckets(3);
    for (const key of ['a', 'b', 'c']) take(60, key);
    take(0, 'a');
    for (let index = 0; index < 100; index += 1) {
      take(60, `new ${index}`);
      take(0, 'a');
    }
    expect(size()).toBe(3);
    expect(take(1, 'a').isTaken).toBe(false);
    expect(take(1, 'b').isTaken).toBe(true);
  });
});
