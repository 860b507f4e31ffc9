import type pg from 'pg';
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { clockOf } from '../../subgraphs/kernel/demo/demo-clock.ts';
import { isMarkedDemo } from './demo-mark.ts';

/** The clock of the graph on this database, for a command beside it: an app grant is in force on the same days for both. */
export const graphClock = async (admin: pg.Client, today: string | undefined): Promise<Clock> =>
  clockOf(today, await isMarkedDemo(admin));
