/** `npm run attack`: every attack on a running graph, counted. */
import { availableParallelism } from 'node:os';
import { parseArguments, USAGE } from './command/arguments.ts';
import { type AttackReport, writeReport } from './command/report.ts';
import { startRunningGraph } from './graph/running-graph.ts';
import { ATTACKS } from './registry.ts';

const tell = (line: string): void => console.log(line);

async function main(words: readonly string[]): Promise<number> {
  const asked = parseArguments(
    words,
    ATTACKS.map(({ name }) => name),
  );
  if (asked.kind !== 'run') {
    (asked.kind === 'help' ? console.log : console.error)(asked.kind === 'help' ? USAGE(ATTACKS) : asked.problem);
    return asked.kind === 'help' ? 0 : 2;
  }
  const { names, seed, count, only } = asked;
  tell(`Starting the graph. Seed ${seed}.`);
  const graph = await startRunningGraph();
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const reports: AttackReport[] = [];
  try {
    for (const attack of ATTACKS.filter(({ name }) => names.includes(name))) {
      if (stopping.signal.aborted) break;
      const start = Date.now();
      const signal = AbortSignal.any([stopping.signal, AbortSignal.timeout(attack.seconds * 1_000)]);
      const progress = (done: number) => tell(`  ${attack.name}: ${done.toLocaleString('en-GB')} tries`);
      tell(`${attack.name}: ${attack.threat}`);
      const counts = await attack.run(graph, {
        count: count ?? attack.count,
        seed,
        signal,
        progress,
        ...(only !== undefined && { only }),
      });
      const report = { attack, counts, seconds: (Date.now() - start) / 1_000, wasCut: signal.aborted };
      reports.push(report);
      tellReport(report, seed);
    }
  } finally {
    await graph.stop();
  }
  if (only === undefined) writeReport(reports, { seed, words, cores: availableParallelism(), at: new Date() });
  return reports.some(({ counts, wasCut }) => wasCut || counts.findings.length > 0) ? 1 : 0;
}

function tellReport({ attack, counts, seconds, wasCut }: AttackReport, seed: number): void {
  const { tries, refused, served, findings, note } = counts;
  tell(
    `  ${tries} tries: ${refused} refused, ${served} served rightly, ${findings.length} findings; ${seconds.toFixed(0)} s${note ? `; ${note}` : ''}`,
  );
  if (wasCut) tell(`  Cut short: it is to end within ${attack.seconds} s.`);
  for (const { case: number, found } of findings) {
    tell(`  FOUND: ${found}`);
    tell(`    again: npm run attack -- ${attack.name} --seed ${seed} --case ${number}`);
  }
}

process.exitCode = await main(process.argv.slice(2));
