/**
 * Hears that the gateway's tables have changed: PostgreSQL's NOTIFY tells it at once, and a look every few seconds makes
 * up for what no notice tells of (a connection that broke, a notice that got lost). One for the whole store.
 */
import pg from 'pg';

/** What the triggers on the gateway's tables notify (`gateway.tell_change`). */
const CHANNEL = 'schoolgraph_gateway';

/** A change is known to every gateway within 5 s, whatever fails. */
const LOOK_EVERY_MS = 4_000;

/** How long a broken connection is left before the next is tried. */
const RECONNECT_AFTER_MS = 1_000;

interface WatchOptions {
  /**
   * Reads anew what is kept in mind: after each notice, and at every look. Never two at a time; notices that come
   * meanwhile are one. What it throws is told, and the next look comes all the same.
   */
  onChange(): Promise<void>;
  reportError(error: unknown): void;
  lookEveryMs?: number;
}

interface StoreWatch {
  /** Resolves once nothing of it runs any more. */
  close(): Promise<void>;
}

/** `url`: the gateway's own role's. Returns at once: a database that is away is tried again. */
export function watchStore(
  url: string,
  { onChange, reportError, lookEveryMs = LOOK_EVERY_MS }: WatchOptions,
): StoreWatch {
  const changed = oneAtATime(onChange, reportError);
  const listener = listen(url, changed.ask, reportError);
  const timer = setInterval(changed.ask, lookEveryMs).unref();
  return {
    async close() {
      clearInterval(timer);
      await listener.close();
      await changed.close();
    },
  };
}

/** Runs `work` when asked, and once more where it was asked for meanwhile. */
function oneAtATime(work: () => Promise<void>, reportError: (error: unknown) => void) {
  let running: Promise<void> | null = null;
  let [isAsked, isClosed] = [false, false];
  const run = async (): Promise<void> => {
    while (isAsked && !isClosed) {
      isAsked = false;
      await work().catch(reportError);
    }
    running = null;
  };
  return {
    ask(): void {
      isAsked = true;
      running ??= run();
    },
    async close(): Promise<void> {
      isClosed = true;
      await running;
    },
  };
}

/** A connection of its own, as a pooled one would be taken from under the listener. A new one comes where it breaks. */
function listen(url: string, heard: () => void, reportError: (error: unknown) => void) {
  let client: pg.Client | null = null;
  let retry: NodeJS.Timeout | null = null;
  let isClosed = false;
  const connect = async (): Promise<void> => {
    const connecting = new pg.Client({ connectionString: url, keepAlive: true, connectionTimeoutMillis: 5_000 });
    client = connecting;
    const broken = (error?: unknown): void => {
      if (client !== connecting) return;
      client = null;
      void connecting.end().catch(() => {});
      if (isClosed) return;
      if (error !== undefined) reportError(error);
      retry = setTimeout(() => void connect(), RECONNECT_AFTER_MS).unref();
    };
    connecting.on('error', broken);
    connecting.on('end', () => broken());
    connecting.on('notification', heard);
    try {
      await connecting.connect();
      await connecting.query(`listen ${CHANNEL}`);
      // what changed while nobody listened
      heard();
    } catch (error) {
      broken(error);
    }
  };
  const first = connect();
  return {
    async close(): Promise<void> {
      isClosed = true;
      if (retry) clearTimeout(retry);
      await first;
      const last = client;
      client = null;
      await last?.end().catch(() => {});
    },
  };
}
