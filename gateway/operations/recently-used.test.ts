import { describe, expect, it } from 'vitest';
import { createRecentlyUsed } from './recently-used.ts';

function counting(most: { kept: number; weight: number }) {
  const recent = createRecentlyUsed<{ of: string }>(most);
  const made: string[] = [];
  return {
    made,
    use: (...keys: string[]): void => {
      for (const key of keys) {
        recent.get(key, () => {
          made.push(key);
          return { of: key };
        });
      }
    },
  };
}

describe('what is kept of texts', () => {
  it('is made once', () => {
    const { use, made } = counting({ kept: 2, weight: 100 });
    use('a', 'b', 'a', 'b');
    expect(made).toEqual(['a', 'b']);
  });

  it('is so many at the most: the one goes that was not used for longest', () => {
    const { use, made } = counting({ kept: 2, weight: 100 });
    use('a', 'b', 'a', 'c', 'a', 'b');
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is of so many characters at the most, however few the texts are', () => {
    const { use, made } = counting({ kept: 100, weight: 10 });
    use('aaaa', 'bbbb', 'cc', 'aaaa', 'dddd', 'aaaa', 'cc');
    expect(made).toEqual(['aaaa', 'bbbb', 'cc', 'dddd']);
    use('e'.repeat(11), 'dddd', 'e'.repeat(11));
    expect(made.slice(4)).toEqual(['e'.repeat(11), 'e'.repeat(11)]);
  });

  it('weighs no more than it may, by what is said of each', () => {
    const recent = createRecentlyUsed<number>({ kept: 100, weight: 10 });
    const use = (key: string, weight: number) => recent.get(key, () => weight, Number);
    for (const [key, weight] of [
      ['a', 4],
      ['b', 5],
      ['a', 4],
      ['c', 2],
    ] as const)
      use(key, weight);
    expect(recent.recent()).toEqual([2, 4]);
    use('e', 10);
    expect(recent.recent()).toEqual([10]);
  });

  it('stays where something weighs more than all may: that is given back, and not kept', () => {
    const recent = createRecentlyUsed<number>({ kept: 100, weight: 10 });
    for (const weight of [4, 2, 11, 12]) expect(recent.get(`${weight}`, () => weight, Number)).toBe(weight);
    expect(recent.recent()).toEqual([2, 4]);
  });

  it('is not pushed out by a few that are heavy, however often they come', () => {
    const recent = createRecentlyUsed<number>({ kept: 1_000, weight: 1_000 });
    for (let each = 0; each < 200; each += 1) recent.get(`light ${each}`, () => 4, Number);
    for (let each = 0; each < 100; each += 1) recent.get(`heavy ${each}`, () => 240, Number);
    const kept = recent.recent();
    expect(kept.filter((weight) => weight === 240)).toHaveLength(1);
    expect(kept.filter((weight) => weight === 4)).toHaveLength(190);
  });

  it('may be heavy where there is room, and goes first where there is none', () => {
    const recent = createRecentlyUsed<number>({ kept: 1_000, weight: 1_000 });
    for (let each = 0; each < 4; each += 1) recent.get(`heavy ${each}`, () => 240, Number);
    expect(recent.recent()).toHaveLength(4);
    for (let each = 0; each < 190; each += 1) recent.get(`light ${each}`, () => 4, Number);
    expect(recent.recent().filter((weight) => weight === 240)).toHaveLength(1);
    expect(recent.recent().filter((weight) => weight === 4)).toHaveLength(190);
  });

  it('is found without being made, and stays for that', () => {
    const recent = createRecentlyUsed<string>({ kept: 2, weight: 100 });
    for (const key of ['a', 'b']) recent.get(key, () => key);
    expect(recent.find('a')).toBe('a');
    recent.get('c', () => 'c');
    expect([recent.find('a'), recent.find('b'), recent.find('c')]).toEqual(['a', undefined, 'c']);
  });

  it('is nothing of what could not be made', () => {
    const recent = createRecentlyUsed<object>();
    const fail = () => {
      throw new Error('not valid');
    };
    expect(() => recent.get('a', fail)).toThrow('not valid');
    expect(recent.get('a', () => ['made'])).toEqual(['made']);
  });
});
