/** The counts of the attacks, as a table in the README beside them. An attack that was not run keeps its last row. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Attack, Counts } from '../attack.ts';

const README = new URL('../README.md', import.meta.url);
const ROOT_README = new URL('../../../README.md', import.meta.url);
const [SUMMARY, SUMMARY_END] = ['<!-- written by npm run attack -->', '<!-- end -->'];
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

interface RunFacts {
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
      `    again: npm run attack -- ${attack.name} --seed ${seed} --case ${number}; to keep it: test/attack/regressions.json`,
    ]),
  ];
}

export function writeReport(reports: readonly AttackReport[], facts: RunFacts): void {
  const written = withCounts(readFileSync(README, 'utf8'), reports, facts);
  writeFileSync(README, written);
  writeFileSync(ROOT_README, withSummary(readFileSync(ROOT_README, 'utf8'), written));
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

/** The project's README with the sums of the table of the attacks. */
export function withSummary(readme: string, attacks: string): string {
  const rows = attacks.match(/^\| `[\w-]+`.*$/gm) ?? [];
  const cells = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  const sum = (column: number) =>
    cells.reduce((total, row) => total + Number.parseInt((row[column] ?? '0').replaceAll(',', ''), 10), 0);
  const last = cells
    .map((row) => row[9] ?? '')
    .sort()
    .at(-1);
  const [tries, findings] = [sum(2), sum(5)].map((each) => each.toLocaleString('en-GB'));
  const text = `${rows.length} attacks, ${tries} tries, ${findings} findings; last run on ${last}.`;
  return readme.replace(new RegExp(`${SUMMARY}[^]*?${SUMMARY_END}`), () => `${SUMMARY}\n${text}\n${SUMMARY_END}`);
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
