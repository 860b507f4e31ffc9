/** Keeps what was made of texts, the most recently used, so that it is not made again. */

const MOST_KEPT = 1_000;

/** Characters of all keys together. What is made of a text takes up to a few hundred bytes for each of its characters. */
const MOST_CHARACTERS = 2_000_000;

interface RecentlyUsed<Value> {
  /** `make` may throw; then nothing is kept. */
  get(key: string, make: () => Value): Value;
  /** Undefined for what is not kept. */
  find(key: string): Value | undefined;
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
  const use = (key: string, value: Value): void => {
    forget(key);
    kept.set(key, value);
    characters += key.length;
  };
  return {
    get(key, make) {
      const value = kept.get(key) ?? make();
      use(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= most.kept && characters <= most.characters) break;
        forget(oldest);
      }
      return value;
    },
    find(key) {
      const value = kept.get(key);
      if (value !== undefined) use(key, value);
      return value;
    },
    forget,
    recent: () => [...kept.values()].reverse(),
  };
}
