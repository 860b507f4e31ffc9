/** Prepared operations, kept by text, operation name and the rights of the caller: never by the text alone. */

const MOST_PREPARED = 1_000;

interface PreparedOperations<Prepared> {
  get(key: string, prepare: () => Prepared): Prepared;
}

/** Told how often an operation has to be prepared, and around the work of it. */
export interface PreparationObserver {
  kept(): void;
  preparing<Prepared>(prepare: () => Prepared): Prepared;
}

const UNOBSERVED: PreparationObserver = { kept() {}, preparing: (prepare) => prepare() };

/** Keeps the most recently used. */
export function createPreparedOperations<Prepared>(
  observer: PreparationObserver = UNOBSERVED,
  most = MOST_PREPARED,
): PreparedOperations<Prepared> {
  const kept = new Map<string, Prepared>();
  return {
    get(key, prepare) {
      const known = kept.get(key);
      if (known) observer.kept();
      const prepared = known ?? observer.preparing(prepare);
      kept.delete(key);
      kept.set(key, prepared);
      const [oldest] = kept.keys();
      if (kept.size > most && oldest !== undefined) kept.delete(oldest);
      return prepared;
    },
  };
}
