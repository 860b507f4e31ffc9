/**
 * The clients and app grants that a gateway knows: read when they change and every few seconds, and never older than five
 * seconds when somebody is let in by them. A grant that was revoked opens nothing after that, whatever fails.
 */
import type { ClientList } from './clients.ts';

const OLDEST_MS = 5_000;

/** A database that does not answer must not hold up the next look. */
const PATIENCE_MS = 3_000;

export interface ClientDirectory {
  /** As they are, or were five seconds ago at the most. Throws where they cannot be read. */
  current(): ClientList | Promise<ClientList>;
  /** As they were last read: for who was let in by them a moment ago. */
  last(): ClientList;
  /** Reads them anew. */
  reload(): Promise<void>;
}

interface DirectoryOptions {
  /** Milliseconds that only go on. */
  elapsed?: () => number;
  patienceMs?: number;
}

export async function openClientDirectory(
  load: () => Promise<ClientList>,
  { elapsed = () => performance.now(), patienceMs = PATIENCE_MS }: DirectoryOptions = {},
): Promise<ClientDirectory> {
  const read = async () => {
    const asOf = elapsed();
    return { asOf, list: await inTime(load(), patienceMs) };
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
      if (elapsed() - known.asOf <= OLDEST_MS) return known.list;
      late ??= reload().finally(() => {
        late = null;
      });
      return late.then(() => known.list);
    },
    last: () => known.list,
    reload,
  };
}

async function inTime<Value>(work: Promise<Value>, patienceMs: number): Promise<Value> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The clients could not be read in time.')), patienceMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
