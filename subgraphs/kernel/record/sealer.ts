/** Seals the record every second, for as long as it runs. No reading waits for it. */
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { sealBatch } from './seal.ts';

export interface Sealer {
  /** Ends after the batch that is under way. */
  stop(): Promise<void>;
}

export interface SealerOptions {
  /** The URL of the role of `audit` (`tenantUrl`). */
  url: string;
  /** `sealKeyOf`. */
  key: string;
  /** Told once of each problem: the database does not answer, or a chain does not end as it should. */
  onProblem(error: unknown): void;
  /** Between two looks, and after a problem of the database, in milliseconds. */
  everyMs?: number;
  afterFailureMs?: number;
}

const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 10_000;

export function startSealer(options: SealerOptions): Sealer {
  const { url, key, onProblem, everyMs = EVERY_MS, afterFailureMs = AFTER_FAILURE_MS } = options;
  const stopping = new AbortController();
  const told = new Set<string>();
  const tell = (error: unknown) => {
    const text = String(error);
    if (!told.has(text)) onProblem(error);
    told.add(text);
  };
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await sealUntil(stopping.signal, { url, key, tell, pause: () => pause(everyMs) });
      } catch (error) {
        tell(error);
        await pause(afterFailureMs);
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

interface Sealing extends Pick<SealerOptions, 'url' | 'key'> {
  tell(error: unknown): void;
  pause(): Promise<void>;
}

/** On one connection. Throws where that is lost. */
async function sealUntil(stopping: AbortSignal, { url, key, tell, pause }: Sealing): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // the statement that it is lost under fails, and tells so
  client.on('error', () => undefined);
  await client.connect();
  try {
    const broken = new Set<string>();
    while (!stopping.aborted) {
      const sealed = await sealBatch(client, key, broken);
      for (const school of sealed?.broken ?? []) {
        broken.add(school);
        tell(brokenChain(school));
      }
      if (!sealed?.more) await pause();
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

const brokenChain = (school: string): Error =>
  new Error(
    `The record of reading of ${school === '' ? 'callers at no school' : `school ${school}`} does not end as it was sealed, so nothing more is sealed there: run "npm run audit -- verify".`,
  );
