/**
 * The engine against the stock one and against the specification, over small graphs of its own and a made-up one of ours:
 * operations and faults of subgraphs as nobody would think of them. It needs no running graph; `test/gateway/differential` says how it is done.
 */
import { ENGINES } from '../../gateway/differential/engines.ts';
import { calmCases, faultyCases } from '../../gateway/differential/generate/choices.ts';
import { type Contest, openContest } from '../../gateway/differential/judge.ts';
import { schoolgraph } from '../../gateway/differential/made-up-world.ts';
import { openWorld } from '../../gateway/differential/open-world.ts';
import { tryCases } from '../../gateway/differential/try-world.ts';
import { WORLDS } from '../../gateway/differential/worlds.ts';
import type { Attack } from '../attack.ts';
import { runCases } from '../run-cases.ts';

const MOST_SEED = 2 ** 31;

export const engines: Attack = {
  name: 'engines',
  threat:
    'an operation that the engine answers otherwise than the specification says, or loses a fault of a subgraph in',
  count: 10_000,
  sample: 0,
  seconds: 1_200,
  async run(_graph, run) {
    const worlds = [...WORLDS, schoolgraph()];
    const contests = await Promise.all(worlds.map((world) => openContest(openWorld(world), ENGINES)));
    // one at a time: a contest's engines run one operation after the other
    return runCases({ name: 'engines', atOnce: 1 }, run, async (random, number) => {
      const contest = contests[number % contests.length] as Contest;
      const cases = random.chance(0.5) ? calmCases : faultyCases;
      const [found] = await tryCases(contest, cases, { seed: random.below(MOST_SEED), cases: 1 });
      return found === undefined ? 'served' : { found };
    });
  },
};
