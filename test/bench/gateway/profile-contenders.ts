/** Where contenders' time goes under the load that they are measured with. */
import { table } from '../command/write-table.ts';
import type { Size } from '../graph/operations.ts';
import { profileWhile } from '../profile/profiler.ts';
import { callsIn, functionsIn, ownersIn, type TimeShare } from '../profile/time-shares.ts';
import type { Checked } from './check-answers.ts';
import type { Field } from './field.ts';
import { type Pace, WARM } from './measure.ts';

const MOST_FUNCTIONS = 40;
const MOST_OWNERS = 25;

export async function profileContenders(
  { load }: Field,
  contenders: readonly Checked[],
  size: Size,
  { seconds, connections }: Pace,
  tell: (line: string) => void,
): Promise<void> {
  for (const { contender, program, port, requests, lengths } of contenders) {
    const order = { kind: 'load', port, requests, lengths, connections, seconds, rate: null } as const;
    await load.run({ ...order, least: WARM[size] });
    const profile = await profileWhile(program, () => load.run(order));
    tell(`\n${contender.title}, ${size}: of the time in which it was busy\n`);
    for (const [what, times] of [
      ['whose code, with what Node does for it', ownersIn(profile).slice(0, MOST_OWNERS)],
      ['our functions, with what they call', callsIn(profile).slice(0, MOST_FUNCTIONS)],
      ['all functions, what they do themselves', functionsIn(profile).slice(0, MOST_FUNCTIONS)],
    ] as const)
      tell(`${table(['share', what], 'rl', rowsOf(times))}\n`);
  }
}

const rowsOf = (times: readonly TimeShare[]) =>
  times.map(({ name, share }) => [`${(share * 100).toFixed(1)} %`, `\`${name}\``]);
