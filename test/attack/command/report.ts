/** The counts of the attacks, as a table in the README beside them. An attack that was not run keeps its last row. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Attack, Counts } from '../attack.ts';

const README = new URL('../README.md', import.meta.url);
const [START, END] = ['<!-- counts: written by npm run attack -->', '<!-- end of counts -->'];
const HEAD = [
  '| attack | tries | refused | served rightly | findings | seconds | seed | cores | date | also |',
  '|---|--:|--:|--:|--:|--:|--:|--:|---|---|',
];

export interface AttackReport {
  attack: Pick<Attack, 'name' | 'seconds'>;
  counts: Counts;
  seconds: number;
  /** Whether it was ended before all its tries were made. */
  wasCut: boolean;
}

export interface RunFacts {
  seed: number;
  cores: number;
  at: Date;
}

/** For the person who waits: lines with the counts, and how each finding is had again. */
export function tellReport({ attack, counts, seconds, wasCut }: AttackReport, seed: number): string[] {
  const { tries, refused, served, findings, note } = counts;
  const all = `${tries} tries: ${refused} refused, ${served} served rightly, ${findings.length} findings`;
  return [
    `  ${[all, ...(note ? [note] : []), `${seconds.toFixed(0)} s`].join('; ')}`,
    ...(wasCut ? [`  Cut short: it is to end within ${attack.seconds} s.`] : []),
    ...findings.flatMap(({ case: number, found }) => [
      `  FOUND: ${found}`,
      `    again: npm run attack -- ${attack.name} --seed ${seed} --case ${number}`,
    ]),
  ];
}

export function writeReport(reports: readonly AttackReport[], facts: RunFacts): void {
  writeFileSync(README, withCounts(readFileSync(README, 'utf8'), reports, facts));
}

/** The README with the table's rows of these attacks replaced. */
export function withCounts(readme: string, reports: readonly AttackReport[], facts: RunFacts): string {
  const [start, end] = [readme.indexOf(START), readme.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`Expected the lines ${START} and ${END} in the README of the attacks.`);
  const rows = new Map<string, string>();
  for (const line of readme.slice(start, end).split('\n')) {
    const name = /^\| `(?<name>[\w-]+)`/.exec(line)?.groups?.name;
    if (name) rows.set(name, line);
  }
  for (const report of reports) rows.set(report.attack.name, rowOf(report, facts));
  return [readme.slice(0, start) + START, '', ...HEAD, ...rows.values(), '', readme.slice(end)].join('\n');
}

function rowOf({ attack, counts, seconds, wasCut }: AttackReport, { seed, cores, at }: RunFacts): string {
  const tries = `${counts.tries.toLocaleString('en-GB')}${wasCut ? ' (cut short)' : ''}`;
  const numbers = [counts.refused, counts.served, counts.findings.length].map((each) => each.toLocaleString('en-GB'));
  const cells = [
    `\`${attack.name}\``,
    tries,
    ...numbers,
    seconds.toFixed(0),
    seed,
    cores,
    at.toISOString().slice(0, 10),
    counts.note ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}
