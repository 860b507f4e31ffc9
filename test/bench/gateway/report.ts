/** What was measured of gateways, as tables. */
import { type Row, table } from '../command/write-table.ts';
import type { Contender } from '../contenders/contender.ts';
import type { Figures, Measured } from './measure.ts';
import { type Reached, reach, speedRatio } from './targets.ts';

interface RunFacts {
  command: string;
  machine: string;
  at: Date;
  contenders: readonly Contender[];
  /** Why a contender is not in the tables, by its title. */
  missing: ReadonlyMap<string, string>;
}

export function report(measured: readonly Measured[], facts: RunFacts): string {
  const { command, machine, at, contenders, missing } = facts;
  return [
    `${at.toISOString().slice(0, 10)}, \`${command}\`, on ${machine}.`,
    ...measured.map((each) => [sizeHeading(each), sizeTable(each), notes(each).join('\n')].join('\n\n')),
    targetTable(reach(measured), contenders),
    ...[...missing].map(([title, reason]) => `Without ${title}: ${reason}`),
  ].join('\n\n');
}

const number = (value: number, digits = 2): string => value.toFixed(digits);
const ratio = (value: number): string => number(value, value < 10 ? 1 : 0);
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

const sizeHeading = ({ size, rate }: Measured): string =>
  `**${size === 'big' ? 'Big (36 KB, 5 calls in 4 waves)' : 'Small (0.9 KB, 1 call)'}**, latency at ${rate} requests a second:`;

function sizeTable({ figures }: Measured): string {
  const named = (name: string) => figures.find(({ contender }) => contender.name === name);
  const bases = [named('stock'), named('hand-written'), named('grafbase')];
  const head = ['contender', 'CPU of a request, ms', '× stock', '× hand-written', '× Grafbase', 'requests/s'];
  const more = ['p50, ms', 'p99, ms', 'memory, MB', 'calls'];
  return table(
    [...head, ...more],
    'lrrrrrrrrr',
    figures.map((each) => sizeRow(each, bases)),
  );
}

function sizeRow(own: Figures, bases: readonly (Figures | undefined)[]): Row {
  const { contender, cpu, perSecond, p50, p99, memory, subgraphCalls } = own;
  const [least, most] = [Math.min(...cpu), Math.max(...cpu)];
  return [
    contender.title,
    `${number(least, 3)}–${number(most, 3)}`,
    ...bases.map((base) => (base ? ratio(speedRatio(own, base)) : '–')),
    number(perSecond, 0),
    number(p50),
    number(p99),
    number(memory / 1e6, 0),
    number(subgraphCalls, 1),
  ];
}

function notes({ figures, subgraphsShare, othersShare, executed }: Measured): string[] {
  const failed = figures.filter(({ failed }) => failed > 0);
  return [
    `The subgraphs took ${percent(subgraphsShare)} of a core at the most; others than the bench took ${percent(othersShare)} of one meanwhile.`,
    ...(executed > 0 ? [`${executed} calls to subgraphs had to be executed: not all were answered from memory.`] : []),
    ...failed.map(({ contender, failed }) => `${contender.title}: ${failed} answers were not what they had been.`),
  ];
}

function targetTable(reached: readonly Reached[], contenders: readonly Contender[]): string {
  const titleOf = (name: string): string => contenders.find((each) => each.name === name)?.title ?? name;
  const rows = reached.map(({ size, contender, of, against, bound, value, reached, isMet }) => [
    `${size}: ${titleOf(contender)}`,
    `${of === 'speed' ? 'speed' : 'memory'} against ${titleOf(against)}`,
    `${bound} ${number(value)}`,
    reached === null ? 'not measured' : number(reached),
    reached === null ? '–' : isMet ? 'met' : '**short**',
  ]);
  return table(['of', 'what', 'target', 'reached', ''], 'llrrl', rows);
}
