/** Where contenders' time goes under the load that they are measured with. */
import { table } from '../command/write-table.ts';
import type { Size } from '../graph/operations.ts';
import { profileWhile } from '../profile/profiler.ts';
import { functionsIn, ownersIn, type SelfTime } from '../profile/self-times.ts';
import type { Checked } from './check-answers.ts';
import type { Field } from './field.ts';
import { type Pace, WARM } from './measure.ts';

const MOST_FUNCTIONS = 30;
const MOST_OWNERS = 15;

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
    tell(table(['share', 'whose code'], 'rl', rowsOf(ownersIn(profile).slice(0, MOST_OWNERS))));
    tell('');
    tell(
      table(['share', 'function, what it does itself'], 'rl', rowsOf(functionsIn(profile).slice(0, MOST_FUNCTIONS))),
    );
  }
}

const rowsOf = (times: readonly SelfTime[]) =>
  times.map(({ name, share }) => [`${(share * 100).toFixed(1)} %`, `\`${name}\``]);
