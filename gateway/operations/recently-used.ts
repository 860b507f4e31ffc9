/** Keeps what was made of texts, the most recently used, so that it is not made again. */

export interface MostKept {
  kept: number;
  /** Of all together; what a value weighs is said with it, and is the length of its key where it is not. */
  weight: number;
}

const MOST: MostKept = { kept: 1_000, weight: 2_000_000 };

export interface RecentlyUsed<Value> {
  /** `make` may throw; then nothing is kept. What weighs more than all may is given back, and not kept. */
  get(key: string, make: () => Value, weigh?: (value: Value) => number): Value;
  /** Undefined where it is not kept. */
  find(key: string): Value | undefined;
  forget(key: string): void;
  /** The last used first. */
  recent(): Value[];
}

interface Kept<Value> {
  value: Value;
  weight: number;
}

export function createRecentlyUsed<Value>(most = MOST): RecentlyUsed<Value> {
  // in the order of their last use
  const kept = new Map<string, Kept<Value>>();
  let weight = 0;
  const forget = (key: string): void => {
    weight -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  };
  const use = (key: string): Kept<Value> | undefined => {
    const found = kept.get(key);
    if (!found) return undefined;
    kept.delete(key);
    kept.set(key, found);
    return found;
  };
  return {
    get(key, make, weigh = () => key.length) {
      const found = use(key);
      if (found) return found.value;
      const value = make();
      const made = { value, weight: weigh(value) };
      forget(key);
      kept.set(key, made);
      weight += made.weight;
      for (const oldest of kept.keys()) {
        if (kept.size <= most.kept && weight <= most.weight) break;
        forget(oldest);
      }
      return value;
    },
    find: (key) => use(key)?.value,
    forget,
    recent: () => [...kept.values()].map(({ value }) => value).reverse(),
  };
}
