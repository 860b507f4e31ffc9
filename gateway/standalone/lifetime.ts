/** What has been started is closed again, newest first: when a signal asks for it, and when the start fails half-way. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Lifetime {
  /** Something runs from now on. Throws Asked where a signal came while it was being started. */
  started(what: string, close: () => Promise<unknown> | unknown): void;
  /** Resolves when the first signal comes. */
  asked: Promise<void>;
  /** Closes everything. What does not close in time, or fails to, is told and left behind. */
  end(): Promise<void>;
}

/** A signal came before everything was started: no failure. */
export class Asked extends Error {
  override name = 'Asked';
}

/** What a load balancer or container runtime usually grants, with something to spare. */
const LONGEST_CLOSE_MS = 10_000;

/** A terminal's Ctrl-C comes twice under npm: from the terminal and from npm, which passes it on. */
const SAME_SIGNAL_MS = 500;

/** Takes over SIGTERM, SIGINT and SIGHUP; `tell` is given sentences for the person who watches. */
export function createLifetime(tell: (line: string) => void, longestCloseMs = LONGEST_CLOSE_MS): Lifetime {
  const running: { what: string; close: () => Promise<unknown> | unknown }[] = [];
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let askedAt: number | null = null;
  const onSignal = () => {
    if (askedAt !== null && Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
    askedAt ??= Date.now();
    resolve();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, onSignal);
  return {
    started(what, close) {
      running.push({ what, close });
      if (askedAt !== null) throw new Asked();
    },
    asked,
    async end() {
      for (let next = running.pop(); next; next = running.pop()) {
        const { what, close } = next;
        const late = sleep(longestCloseMs, `did not close within ${longestCloseMs / 1000} s`, { ref: false });
        const closed = Promise.resolve()
          .then(close)
          .then(
            () => null,
            (error: unknown) => `failed to close (${error instanceof Error ? error.message : error})`,
          );
        const problem = await Promise.race([closed, late]);
        if (problem) tell(`${what} ${problem}.`);
      }
    },
  };
}
