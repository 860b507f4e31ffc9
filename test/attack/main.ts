/** `npm run attack`: every attack on a running graph, counted. */
import { availableParallelism } from 'node:os';
import type { Attack } from './attack.ts';
import { type Asked, parseArguments, USAGE } from './command/arguments.ts';
import { type AttackReport, tellReport, writeReport } from './command/report.ts';
import { type RunningGraph, startRunningGraph } from './graph/running-graph.ts';
import { ATTACKS } from './registry.ts';

type AskedRun = Extract<Asked, { kind: 'run' }>;

const tell = (line: string): void => console.log(line);

async function main(words: readonly string[]): Promise<number> {
  const asked = parseArguments(
    words,
    ATTACKS.map(({ name }) => name),
  );
  if (asked.kind === 'run') return attackAll(asked);
  if (asked.kind === 'help') tell(USAGE(ATTACKS));
  else console.error(asked.problem);
  return asked.kind === 'help' ? 0 : 2;
}

/** 0 where nothing was found, and every try was made. */
async function attackAll(asked: AskedRun): Promise<number> {
  const stopping = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.once(name, () => stopping.abort());
  const reports: AttackReport[] = [];
  const graphs = createGraphs();
  try {
    for (const attack of ATTACKS.filter(({ name }) => asked.names.includes(name))) {
      if (stopping.signal.aborted) break;
      const report = await attackOnce(attack, await graphs.of(attack), asked, stopping.signal);
      reports.push(report);
      for (const line of tellReport(report, asked.seed)) tell(line);
    }
  } finally {
    await graphs.stop();
  }
  const facts = { seed: asked.seed, cores: availableParallelism(), at: new Date() };
  if (asked.only === undefined) writeReport(reports, facts);
  return reports.some(({ counts, wasCut }) => wasCut || counts.findings.length > 0) ? 1 : 0;
}

async function attackOnce(
  attack: Attack,
  graph: RunningGraph,
  { seed, count = attack.count, only }: AskedRun,
  stopping: AbortSignal,
): Promise<AttackReport> {
  tell(`${attack.name}: ${attack.threat} (seed ${seed})`);
  const start = Date.now();
  const signal = AbortSignal.any([stopping, AbortSignal.timeout(attack.seconds * 1_000)]);
  const progress = (done: number) => tell(`  ${done.toLocaleString('en-GB')} tries`);
  const counts = await attack.run(graph, { count, seed, signal, progress, ...(only !== undefined && { only }) });
  return { attack, counts, seconds: (Date.now() - start) / 1_000, wasCut: signal.aborted };
}

/** One graph runs at a time; attacks that want the same kind share it. */
function createGraphs() {
  let running: { poolSize: number | undefined; graph: RunningGraph } | null = null;
  return {
    async of({ poolSize }: Attack): Promise<RunningGraph> {
      if (running?.poolSize === poolSize && running) return running.graph;
      await running?.graph.stop();
      tell(`Starting the graph${poolSize ? `, with ${poolSize} database connections for each subgraph` : ''}.`);
      running = { poolSize, graph: await startRunningGraph({ poolSize }) };
      return running.graph;
    },
    async stop(): Promise<void> {
      await running?.graph.stop();
    },
  };
}

process.exitCode = await main(process.argv.slice(2));
