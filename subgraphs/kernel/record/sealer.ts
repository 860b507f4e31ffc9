/** Seals the record every second, for as long as it runs. No reading waits for it. */
import type { KeyObject } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { SealingObserver } from './observe-sealing.ts';
import { oldestUnsealed, sealBatch } from './seal.ts';

interface Sealer {
  /** Seals what is left first, for as long as a second or so allows. */
  stop(): Promise<void>;
}

interface SealerOptions {
  /** The URL of the role of `audit` (`tenantUrl`). */
  url: string;
  /** `sealKeyOf`. */
  key: KeyObject;
  observer: SealingObserver;
  /** Between two looks, and after a problem of the database, in milliseconds. */
  everyMs?: number;
  afterFailureMs?: number;
}

const EVERY_MS = 1_000;
const AFTER_FAILURE_MS = 10_000;

/** At the end, for transactions that are just ending; and between two looks at them. */
const LAST_SEALING_MS = 1_000;
const LAST_LOOK_MS = 50;

/** What stands still longer does not hold up the end. */
const LONGEST_STOP_MS = 1_500;

export function startSealer(options: SealerOptions): Sealer {
  const { url, key, observer, everyMs = EVERY_MS, afterFailureMs = AFTER_FAILURE_MS } = options;
  const stopping = new AbortController();
  const broken = new Set<string>();
  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
  const running = (async () => {
    while (!stopping.signal.aborted) {
      try {
        await sealUntil(stopping.signal, { url, key, observer, broken, pause: () => pause(everyMs) });
      } catch (error) {
        observer.failed(error);
        await pause(afterFailureMs);
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await Promise.race([running, sleep(LONGEST_STOP_MS, undefined, { ref: false })]);
    },
  };
}

interface Sealing extends Pick<SealerOptions, 'url' | 'key' | 'observer'> {
  /** Chains that were found not to end as they were sealed. */
  broken: Set<string>;
  pause(): Promise<void>;
}

/** On one connection. Throws where that is lost. */
async function sealUntil(stopping: AbortSignal, { url, pause, ...sealing }: Sealing): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  // the statement that it is lost under fails, and tells so
  client.on('error', () => undefined);
  await client.connect();
  try {
    while (!stopping.aborted) if ((await seal(client, sealing)) !== 'more') await pause();
    for (const until = Date.now() + LAST_SEALING_MS; Date.now() < until; ) {
      const left = await seal(client, sealing);
      if (left === 'none') break;
      if (left === 'some') await sleep(LAST_LOOK_MS);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One batch. What is left: more that can be sealed now, some that another transaction holds up, or none. */
async function seal(
  client: pg.Client,
  { key, observer, broken }: Pick<Sealing, 'key' | 'observer' | 'broken'>,
): Promise<'more' | 'some' | 'none'> {
  const sealed = await sealBatch(client, key, broken);
  for (const school of sealed?.broken ?? []) {
    broken.add(school);
    observer.brokenChain(school);
  }
  const oldest = await oldestUnsealed(client, broken);
  observer.looked(oldest);
  if (oldest === null) return 'none';
  return sealed?.more ? 'more' : 'some';
}
