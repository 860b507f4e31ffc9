/** Takes contenders' figures in turns: A B C, A B C, … so that what the machine does meanwhile meets all of them. */
import type { Size } from '../graph/operations.ts';
import type { LoadOrder, LoadResult } from '../load/orders.ts';
import { median } from '../load/percentile.ts';
import { cpuSecondsOf, machineBusySeconds, memoryOf } from '../machine/processes.ts';
import type { Checked } from './check-answers.ts';
import type { Field } from './field.ts';

export interface Pace {
  /** Of each measurement. */
  seconds: number;
  rounds: number;
  connections: number;
}

/** Of one contender and one operation. */
export interface Figures {
  contender: Checked['contender'];
  /** Of each round: milliseconds of CPU for one request. */
  cpu: readonly number[];
  /** As many as it answered on one core. */
  perSecond: number;
  /** At the rate that all can hold, in milliseconds. */
  p50: number;
  p99: number;
  /** Bytes, at the most. */
  memory: number;
  subgraphCalls: number;
  failed: number;
}

export interface Measured {
  size: Size;
  /** Requests in a second, at which latency was measured. */
  rate: number;
  figures: readonly Figures[];
  /** Of a core's time, the most in any measurement: what the subgraphs took. */
  subgraphsShare: number;
  /** Of one core's time over all of it: what others than the bench took from the machine. */
  othersShare: number;
  /** Whether a call to a subgraph had to be executed while anything was measured. */
  executed: number;
}

/** Of what the slowest does at its fastest: far enough from it that its queue stays short. */
const SHARE_FOR_LATENCY = 0.5;

/** Requests after which V8 has compiled what it will compile. */
export const WARM: Readonly<Record<Size, number>> = { big: 1_500, small: 8_000 };

interface Sample extends LoadResult {
  cpuSeconds: number;
  memory: number;
  subgraphCalls: number;
  executed: number;
  subgraphsShare: number;
  othersShare: number;
}

export async function measureContenders(
  field: Field,
  contenders: readonly Checked[],
  size: Size,
  { seconds, rounds, connections }: Pace,
  tell: (line: string) => void,
): Promise<Measured> {
  const samples = new Map<Checked, Sample[]>(contenders.map((each) => [each, []]));
  const late = new Map<Checked, Sample[]>(contenders.map((each) => [each, []]));
  const measure = (each: Checked, order: Pick<LoadOrder, 'rate' | 'least'>) =>
    takeSample(field, each, { kind: 'load', port: each.port, connections, seconds, ...order, ...pick(each) });
  const round = async (into: Map<Checked, Sample[]>, rate: number | null): Promise<void> => {
    for (const [each, taken] of into) taken.push(await measure(each, { rate }));
  };
  tell(`The ${size} operation: each is warmed up.`);
  for (const each of contenders) await measure(each, { rate: null, least: WARM[size] });
  for (let number = 1; number <= rounds; number++) {
    tell(`  round ${number} of ${rounds}`);
    await round(samples, null);
  }
  const speeds = contenders.map((each) => speedOf(samples.get(each) ?? []));
  const rate = Math.max(1, Math.floor(Math.min(...speeds) * SHARE_FOR_LATENCY));
  tell(`  latency at ${rate} requests a second`);
  for (let number = 1; number <= rounds; number++) await round(late, rate);
  const all = [...samples.values(), ...late.values()].flat();
  return {
    size,
    rate,
    figures: contenders.map((each) => figuresOf(each, samples.get(each) ?? [], late.get(each) ?? [])),
    subgraphsShare: Math.max(...all.map(({ subgraphsShare }) => subgraphsShare)),
    othersShare: median(all.map(({ othersShare }) => othersShare)),
    executed: all.reduce((sum, { executed }) => sum + executed, 0),
  };
}

const pick = ({ requests, lengths }: Checked): Pick<LoadOrder, 'requests' | 'lengths'> => ({ requests, lengths });

const speedOf = (samples: readonly Sample[]): number =>
  median(samples.map(({ requests, seconds }) => requests / seconds));

function figuresOf({ contender }: Checked, samples: readonly Sample[], late: readonly Sample[]): Figures {
  const all = [...samples, ...late];
  return {
    contender,
    cpu: samples.map(({ cpuSeconds, requests }) => (cpuSeconds * 1_000) / requests),
    perSecond: speedOf(samples),
    p50: median(late.map(({ p50 }) => p50)),
    p99: median(late.map(({ p99 }) => p99)),
    memory: Math.max(...all.map(({ memory }) => memory)),
    subgraphCalls: median(samples.map(({ subgraphCalls, requests }) => subgraphCalls / requests)),
    failed: all.reduce((sum, { failed }) => sum + failed, 0),
  };
}

async function takeSample({ subgraphs, load }: Field, { program }: Checked, order: LoadOrder): Promise<Sample> {
  const look = async () => ({
    ...(await subgraphs.counts()),
    own: cpuSecondsOf(program.pid),
    subgraphs: cpuSecondsOf(subgraphs.pid),
    load: cpuSecondsOf(load.pid),
    machine: machineBusySeconds(),
  });
  const before = await look();
  const watch = watchMemory(program.pid);
  const result = await load.run(order);
  const memory = watch.most();
  const after = await look();
  const own = after.own - before.own;
  const subgraphsSeconds = after.subgraphs - before.subgraphs;
  const bench = own + subgraphsSeconds + (after.load - before.load);
  return {
    ...result,
    cpuSeconds: own,
    memory,
    subgraphCalls: after.calls - before.calls,
    executed: after.executed - before.executed,
    subgraphsShare: subgraphsSeconds / result.seconds,
    othersShare: Math.max(0, after.machine - before.machine - bench) / result.seconds,
  };
}

const LOOK_MS = 200;

function watchMemory(pid: number) {
  let most = memoryOf(pid);
  const timer = setInterval(() => {
    most = Math.max(most, memoryOf(pid));
  }, LOOK_MS);
  return {
    most(): number {
      clearInterval(timer);
      return most;
    },
  };
}
