/** `npm run bench -- gateway`: contenders side by side, on the same subgraphs, in turns. */
import type { GatewayTask } from '../command/arguments.ts';
import { writeMeasured } from '../command/write-table.ts';
import { machineFacts } from '../machine/facts.ts';
import { PROFILED } from '../profile/profiler.ts';
import { able, checkAnswers } from './check-answers.ts';
import { type Field, openField } from './field.ts';
import { type Measured, measureContenders } from './measure.ts';
import { profileContenders } from './profile-contenders.ts';
import { report } from './report.ts';

type Tell = (line: string) => void;

/** Resolves with the exit code. */
export async function runGatewayBench(task: GatewayTask, words: readonly string[], tell: Tell): Promise<number> {
  if (process.platform !== 'linux') throw new Error('Expected Linux: figures of processes are read from /proc.');
  const { contenders, profile } = task;
  const field = await openField({ contenders, flags: profile ? PROFILED : [], tell });
  try {
    const { measured, areRight } = await measureAll(field, task, tell);
    if (measured.length > 0) {
      const command = `npm run bench -- ${words.join(' ')}`;
      const text = report(measured, { command, machine: machineFacts(), at: new Date(), ...field, contenders });
      tell(`\n${text}`);
      if (task.isWhole) writeMeasured('gateway', text);
    }
    return areRight ? 0 : 1;
  } finally {
    await field.stop();
  }
}

async function measureAll(field: Field, task: GatewayTask, tell: Tell) {
  const measured: Measured[] = [];
  let areRight = field.running.length > 0;
  for (const size of task.sizes) {
    const checked = await checkAnswers(field, size, tell);
    if (checked.length < able(field.running, size).length) areRight = false;
    if (checked.length === 0) continue;
    tell(`The ${size} operation: ${checked.length} contenders give the same right answers to all requests.`);
    if (task.profile) await profileContenders(field, checked, size, task, tell);
    else measured.push(await measureContenders(field, checked, size, task, tell));
  }
  return { measured, areRight };
}
