import { describe, expect, it } from 'vitest';
import { createRecentlyUsed } from './recently-used.ts';

function counting(most: { kept: number; characters: number }) {
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
    const { use, made } = counting({ kept: 2, characters: 100 });
    use('a', 'b', 'a', 'b');
    expect(made).toEqual(['a', 'b']);
  });

  it('is so many at the most: the one goes that was not used for longest', () => {
    const { use, made } = counting({ kept: 2, characters: 100 });
    use('a', 'b', 'a', 'c', 'a', 'b');
    expect(made).toEqual(['a', 'b', 'c', 'b']);
  });

  it('is of so many characters at the most, however few the texts are', () => {
    const { use, made } = counting({ kept: 100, characters: 10 });
    use('aaaa', 'bbbb', 'cc', 'aaaa', 'dddd', 'aaaa', 'cc');
    expect(made).toEqual(['aaaa', 'bbbb', 'cc', 'dddd']);
    use('e'.repeat(11), 'cc', 'e'.repeat(11));
    expect(made.slice(4)).toEqual(['e'.repeat(11), 'cc', 'e'.repeat(11)]);
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
