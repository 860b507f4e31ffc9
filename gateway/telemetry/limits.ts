/** What is counted of operations with every run, by limit, and which limits they pass. */
import type { ObserveCounts } from '../policy/limits/limiter.ts';
import { LIMIT_CODES, type LimitName } from '../policy/limits/limits.ts';
import type { Instruments } from './instruments.ts';

export function observeLimits({ limits, passedLimits }: Pick<Instruments, 'limits' | 'passedLimits'>): ObserveCounts {
  const size = limits.by('limit.name');
  const sizes = (Object.keys(LIMIT_CODES) as LimitName[]).map((limit) => ({ limit, size: size(limit) }));
  return ({ counts, over }) => {
    for (const { limit, size } of sizes) if (counts[limit] > 0) size.record(counts[limit]);
    for (const limit of over) passedLimits({ 'limit.name': limit });
  };
}
