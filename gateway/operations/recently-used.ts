/** Keeps what was made of texts, the most recently used, so that it is not made again. */

const MOST_KEPT = 1_000;

/** Characters of all keys together. What is made of a text takes up to a few hundred bytes for each of its characters. */
const MOST_CHARACTERS = 2_000_000;

interface RecentlyUsed<Value> {
  /** `make` may throw; then nothing is kept. */
  get(key: string, make: () => Value): Value;
  has(key: string): boolean;
  forget(key: string): void;
  /** The last used first. */
  recent(): Value[];
}

export function createRecentlyUsed<Value>(
  most = { kept: MOST_KEPT, characters: MOST_CHARACTERS },
): RecentlyUsed<Value> {
  // in the order of their last use
  const kept = new Map<string, Value>();
  let characters = 0;
  const forget = (key: string): void => {
    if (kept.delete(key)) characters -= key.length;
  };
  return {
    get(key, make) {
      const value = kept.get(key) ?? make();
      forget(key);
      kept.set(key, value);
      characters += key.length;
      for (const oldest of kept.keys()) {
        if (kept.size <= most.kept && characters <= most.characters) break;
        forget(oldest);
      }
      return value;
    },
    has: (key) => kept.has(key),
    forget,
    recent: () => [...kept.values()].reverse(),
  };
}
