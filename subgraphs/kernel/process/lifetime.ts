/** What has been started is closed again, newest first: when a signal asks for it, and when the start fails half-way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeError } from '../telemetry/describe-error.ts';
import { createKnownNames } from '../telemetry/known-names.ts';
import { NotDone } from './not-done.ts';

export interface Lifetime {
  /**
   * Something runs from now on; it is given `longestMs` to close. Throws Asked where a signal came while it was being
   * started.
   */
  started(what: string, close: () => unknown, longestMs?: number): void;
  /** Throws Asked where a signal has come. */
  goOn(): void;
  /** Resolves when the first signal comes, or the process that is followed ends. */
  asked: Promise<void>;
  /** From now on the end of the parent process asks for ours. */
  followParent(): void;
  /** Closes everything. What does not close in time, or fails to, is told and left behind. */
  end(): Promise<void>;
}

/** A signal came before everything was started: no failure. */
export class Asked extends Error {
  override name = 'Asked';
}

/** For what holds work that people wait for, or data. Container runtimes commonly grant 10 s and more in all. */
export const LONG_CLOSE_MS = 10_000;

/** For the rest: once no request is in flight there is nothing to wait for. */
const SHORT_CLOSE_MS = 2_000;

/** A terminal's Ctrl-C comes twice under npm: from the terminal, and from npm, which passes it on. */
const SAME_SIGNAL_MS = 500;

const PARENT_LOOK_MS = 200;

/** Takes over SIGTERM, SIGINT and SIGHUP; a second one ends the process at once. `tell` is given sentences. */
export function createLifetime(
  tell: (line: string) => void,
  signals: Pick<NodeJS.EventEmitter, 'on'> = process,
): Lifetime {
  const running: { what: string; close: () => unknown; longestMs: number }[] = [];
  const { promise: asked, resolve } = Promise.withResolvers<void>();
  let askedAt: number | null = null;
  const ask = () => {
    askedAt ??= Date.now();
    resolve();
  };
  const onSignal = () => {
    if (askedAt !== null && Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
    ask();
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) signals.on(signal, onSignal);
  const goOn = () => {
    if (askedAt !== null) throw new Asked();
  };
  return {
    asked,
    goOn,
    followParent() {
      const parent = process.ppid;
      const watch = setInterval(() => process.ppid === parent || ask(), PARENT_LOOK_MS).unref();
      asked.then(() => clearInterval(watch));
    },
    started(what, close, longestMs = SHORT_CLOSE_MS) {
      running.push({ what, close, longestMs });
      goOn();
    },
    async end() {
      for (let next = running.pop(); next; next = running.pop()) {
        const problem = await closing(next.close, next.longestMs);
        if (problem) tell(`${next.what} ${problem}.`);
      }
    },
  };
}

/** Null, or what went wrong. */
function closing(close: () => unknown, longestMs: number): Promise<string | null> {
  const closed = Promise.resolve()
    .then(close)
    .then(
      () => null,
      (error: unknown) => `failed to stop (${failureOf(error)})`,
    );
  const late = sleep(longestMs, `did not stop within ${longestMs / 1000} s`, { ref: false });
  return Promise.race([closed, late]);
}

/** Starts, runs until a signal asks for the end, and ends the process: 0 where it was asked to, 1 where it failed. */
export async function runUntilAsked(
  start: (lifetime: Lifetime) => Promise<void>,
  tell: (line: string) => void,
): Promise<never> {
  const lifetime = createLifetime(tell);
  try {
    await start(lifetime);
    await lifetime.asked;
    tell('Stopping: requests in flight are answered first.');
    await lifetime.end();
  } catch (error) {
    await lifetime.end();
    if (error instanceof Asked) process.exit(0);
    console.error(`Schoolgraph did not start. ${failureOf(error)}`);
    process.exit(1);
  }
  process.exit(0);
}

/**
 * Our own messages say what to do. Of anybody else's error the kind and the place: a database's quotes its rows, and a
 * parser's the secrets that it was given.
 */
export function failureOf(error: unknown): string {
  if (error instanceof NotDone || (error instanceof Error && error.constructor === Error)) return error.message;
  const { kind, code, at } = describeError(error, createKnownNames());
  return [[kind, code].filter(Boolean).join(' '), ...at.map((place) => `    at ${place}`)].join('\n');
}
