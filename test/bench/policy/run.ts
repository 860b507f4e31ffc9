/** `npm run bench -- policy`: what is decided before anything runs, one by one in this process. */
import { table, writeMeasured } from '../command/write-table.ts';
import { machineFacts } from '../machine/facts.ts';
import { admissionSubjects } from './admission.ts';
import { signatureSubjects } from './signatures.ts';
import type { Subject } from './subjects.ts';
import { type Timing, timeOne } from './time-one.ts';

const EACH_MS = 3_000;

/** Resolves with the exit code. */
export async function runPolicyBench(tell: (line: string) => void): Promise<number> {
  const timed: Timed[] = [];
  for (const subject of [...admissionSubjects(), ...(await signatureSubjects())])
    timed.push({ ...subject, ...(await timeOne(subject.work, EACH_MS)) });
  const facts = `${new Date().toISOString().slice(0, 10)}, \`npm run bench -- policy\`, on ${machineFacts()}.`;
  const text = `${facts}\n\n${policyTable(timed)}`;
  tell(text);
  writeMeasured('policy', text);
  return 0;
}

type Timed = Subject & Timing;

export const policyTable = (timed: readonly Timed[]): string =>
  table(['what', 'median, µs', 'p99, µs', 'at most', ''], 'lrrrl', timed.map(rowOf));

const rowOf = ({ name, median, p99, most }: Timed) => [
  name,
  median.toFixed(1),
  p99.toFixed(1),
  most === null ? '–' : String(most),
  most === null ? '–' : median <= most ? 'met' : '**short**',
];
