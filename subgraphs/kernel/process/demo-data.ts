/** Fills a demo: each subgraph's data in turn, its events handled before the next one's, which shows what they tell. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../clock.ts';
import type { SeedDemo } from '../demo/seed-demo.ts';
import type { EventWorker } from '../events/worker.ts';
import type { RunningSubgraph } from '../subgraph/open-subgraph.ts';
import type { Lifetime } from './lifetime.ts';

interface DemoSeeding {
  subgraphs: readonly RunningSubgraph[];
  /** In the order in which they are seeded. */
  seeds: readonly { name: string; seedDemo: SeedDemo }[];
  worker: EventWorker;
  clock: Clock;
  lifetime: Pick<Lifetime, 'goOn'>;
  tell(line: string): void;
}

const LONGEST_WAIT_MS = 60_000;

/** Where everything is there already it changes nothing. */
export async function seedDemo({ subgraphs, seeds, worker, clock, lifetime, tell }: DemoSeeding): Promise<void> {
  for (const { name, seedDemo: seed } of seeds) {
    const orm = subgraphs.find((subgraph) => subgraph.name === name)?.orm;
    if (!orm) throw new Error(`Expected the subgraph ${name} to be open before its demo data is seeded.`);
    lifetime.goOn();
    await seed({ orm, clock });
    lifetime.goOn();
    const late = sleep(LONGEST_WAIT_MS, 'late' as const, { ref: false });
    // An event that fails is tried again later and later: the graph does not wait for it.
    if ((await Promise.race([worker.drained(), late])) === 'late')
      tell(`Some events of ${name} could not be handled yet; they are tried again.`);
  }
}
