/**
 * What the gateway keeps in mind of its tables: read when they change and every few seconds, and never older than five
 * seconds when somebody is let in by it. What was taken away opens nothing after that, whatever fails.
 */
import { inTime } from '../../subgraphs/kernel/in-time.ts';

const OLDEST_MS = 5_000;

/** A database that does not answer must not hold up the next look. */
const PATIENCE_MS = 3_000;

interface FreshCopy<Value> {
  /** As it is, or was five seconds ago at the most. Throws where it cannot be read. */
  current(): Value | Promise<Value>;
  /** As it was last read: for who was let in by it a moment ago. */
  last(): Value;
  /** Reads it anew. */
  reload(): Promise<void>;
}

interface CopyOptions {
  /** Milliseconds that only go on. */
  elapsed?: () => number;
  patienceMs?: number;
}

export async function keepFreshCopy<Value>(
  load: () => Promise<Value>,
  { elapsed = () => performance.now(), patienceMs = PATIENCE_MS }: CopyOptions = {},
): Promise<FreshCopy<Value>> {
  const read = async () => {
    const asOf = elapsed();
    return { asOf, value: await inTime(load(), patienceMs, 'The gateway’s tables could not be read in time.') };
  };
  let known = await read();
  const reload = async (): Promise<void> => {
    const found = await read();
    // of two that were under way together the one that began later knows more
    if (found.asOf >= known.asOf) known = found;
  };
  let late: Promise<void> | null = null;
  return {
    current() {
      if (elapsed() - known.asOf <= OLDEST_MS) return known.value;
      late ??= reload().finally(() => {
        late = null;
      });
      return late.then(() => known.value);
    },
    last: () => known.value,
    reload,
  };
}
