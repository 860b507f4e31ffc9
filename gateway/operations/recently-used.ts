/** Keeps what was made of texts, the most recently used, so that it is not made again. */

const MOST_KEPT = 1_000;

/** Characters of all keys together. What is made of a text takes up to a few hundred bytes for each of its characters. */
const MOST_CHARACTERS = 2_000_000;

interface RecentlyUsed<Value> {
  /** `make` may throw; then nothing is kept. */
  get(key: string, make: () => Value): Value;
  /** The last used first. */
  recent(): Value[];
}

/** Told how often an operation has to be prepared, and around the work of it. */
export interface PreparationObserver {
  kept(): void;
  preparing<Prepared>(prepare: () => Prepared): Prepared;
}

const UNOBSERVED: PreparationObserver = { kept() {}, preparing: (prepare) => prepare() };

export function createRecentlyUsed<Value>(
  observer: PreparationObserver = UNOBSERVED,
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
      const known = kept.get(key);
      if (known) observer.kept();
      const value = known ?? observer.preparing(make);
      forget(key);
      kept.set(key, value);
      characters += key.length;
      for (const oldest of kept.keys()) {
        if (kept.size <= most.kept && characters <= most.characters) break;
        forget(oldest);
      }
      return value;
    },
    recent: () => [...kept.values()].reverse(),
  };
}
