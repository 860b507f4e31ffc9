/** Keeps what was made of texts, the most recently used, so that it is not made again. */

export interface MostKept {
  kept: number;
  /** Of all together; what a value weighs is said with it, and is the length of its key where it is not: that of a text. */
  weight: number;
}

const MOST: MostKept = { kept: 1_000, weight: 2_000_000 };

/**
 * Of all the weight. What is heavier is heavy, and where there is no room those go first that take more than their share
 * together: a few that somebody sends may not push out what everybody else uses.
 */
const HEAVY = 1 / 50;
const SHARE_OF_HEAVY = 1 / 3;

interface RecentlyUsed<Value, Key> {
  /** `make` may throw; then nothing is kept. What weighs more than all may is given back, and not kept. */
  get(key: Key, make: () => Value, weightOf?: (value: Value) => number): Value;
  /** Undefined where it is not kept. */
  find(key: Key): Value | undefined;
  /** Whether one more is kept without another's being forgotten. */
  hasRoomFor(weight: number): boolean;
  forget(key: Key): void;
  /** The last used first. */
  recent(): Value[];
}

interface Kept<Value> {
  value: Value;
  weight: number;
}

export function createRecentlyUsed<Value, Key = string>(most = MOST): RecentlyUsed<Value, Key> {
  // in the order of their last use
  const kept = new Map<Key, Kept<Value>>();
  const weights = { all: 0, heavy: 0 };
  const isHeavy = (each: Kept<Value>): boolean => each.weight > most.weight * HEAVY;
  const weigh = (each: Kept<Value>, sign: 1 | -1): void => {
    weights.all += sign * each.weight;
    if (isHeavy(each)) weights.heavy += sign * each.weight;
  };
  const forget = (key: Key): void => {
    const found = kept.get(key);
    if (found) weigh(found, -1);
    kept.delete(key);
  };
  const oldest = (): Key | undefined => {
    if (weights.all > most.weight && weights.heavy > most.weight * SHARE_OF_HEAVY)
      for (const [key, each] of kept) if (isHeavy(each)) return key;
    return kept.keys().next().value;
  };
  const use = (key: Key): Kept<Value> | undefined => {
    const found = kept.get(key);
    if (!found) return undefined;
    kept.delete(key);
    kept.set(key, found);
    return found;
  };
  return {
    get(key, make, weightOf = () => (typeof key === 'string' ? key.length : 0)) {
      const found = use(key);
      if (found) return found.value;
      const value = make();
      const made = { value, weight: weightOf(value) };
      forget(key);
      if (made.weight > most.weight) return value;
      kept.set(key, made);
      weigh(made, 1);
      while (kept.size > most.kept || weights.all > most.weight) forget(oldest() ?? key);
      return value;
    },
    find: (key) => use(key)?.value,
    hasRoomFor: (weight) => kept.size < most.kept && weights.all + weight <= most.weight,
    forget,
    recent: () => [...kept.values()].map(({ value }) => value).reverse(),
  };
}
