import type { MikroORM } from '@mikro-orm/postgresql';
import type { Clock } from '../clock.ts';

export interface DemoDeps {
  /** The subgraph's own, in its own role: seeding passes through the same walls as everything else. */
  orm: MikroORM;
  /** Demo dates are relative to its today. */
  clock: Clock;
}

/**
 * Puts a subgraph's demo data into its database, one school per transaction, as a system caller. Run at every start of
 * a demo: what is there already stays as it is. The events that it emits are handled before the next subgraph's turn.
 */
export type SeedDemo = (deps: DemoDeps) => Promise<void>;
