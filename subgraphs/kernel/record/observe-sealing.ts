/** What is told of the sealing: a line for what somebody must look at, and two numbers to be watched. */
import type { Telemetry } from '../telemetry/telemetry.ts';

export interface SealingObserver {
  /** Once for each chain that does not end as it was sealed. `school`: its URN, or `''` for callers at none. */
  brokenChain(school: string): void;
  /** The database does not answer, or not as it should. */
  failed(error: unknown): void;
  /** After each look: when the oldest row was written that is not sealed, in milliseconds; null where all are. */
  looked(oldestUnsealed: number | null): void;
}

/** A row is sealed a second or so after it was committed: after this long something holds that up. */
export const LONGEST_UNSEALED_MS = 60_000;

export function observeSealing(
  { log, metering }: Pick<Telemetry, 'log' | 'metering'>,
  now: () => number = Date.now,
): SealingObserver {
  const broken = new Set<string>();
  let oldest: number | null = null;
  let isFailing = false;
  let isLate = false;
  const age = () => (oldest === null ? 0 : Math.max(0, now() - oldest));
  const chains = { name: 'schoolgraph.record.broken_chains', unit: '{chain}' };
  const about = 'Chains of the record that do not end as they were sealed; nothing more is sealed there.';
  metering.observed('gauge', { ...chains, description: about }, () => [[broken.size, {}]]);
  const unsealed = { name: 'schoolgraph.record.unsealed.age', unit: 's' };
  const description = 'How long the oldest row of the record has waited for its seal; 0 where all are sealed.';
  metering.observed('gauge', { ...unsealed, description }, () => [[age() / 1000, {}]]);
  return {
    brokenChain(school) {
      broken.add(school);
      const field = school === '' ? {} : { school };
      log('A chain of the record does not end as it was sealed: run npm run audit -- verify.', field);
    },
    failed(error) {
      if (!isFailing) log('The record cannot be sealed.', { error });
      isFailing = true;
    },
    looked(oldestUnsealed) {
      isFailing = false;
      oldest = oldestUnsealed;
      const wasLate = isLate;
      isLate = age() > LONGEST_UNSEALED_MS;
      if (isLate && !wasLate) log('Rows of the record have waited more than a minute for their seal.');
    },
  };
}
