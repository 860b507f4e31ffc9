/** Tables in the README beside the bench, each between two lines of its own. */
import { readFileSync, writeFileSync } from 'node:fs';

const README = new URL('../README.md', import.meta.url);

export type Row = readonly string[];

/** Cells under `head`; `align` has a sign for each column, `l` or `r`. */
export function table(head: Row, align: string, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`;
  const rule = `|${[...align].map((side) => (side === 'r' ? '--:' : '---')).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** What `npm run bench -- <name>` has measured takes the place of what it measured before. */
export const writeMeasured = (name: string, text: string): void =>
  writeFileSync(README, withMeasured(readFileSync(README, 'utf8'), name, text));

export function withMeasured(readme: string, name: string, text: string): string {
  const [start, end] = [`<!-- ${name}: written by npm run bench -- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [readme.indexOf(start), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`Expected the lines ${start} and ${end} in the README of the bench.`);
  return `${readme.slice(0, from)}${start}\n\n${text}\n\n${readme.slice(to)}`;
}
