/** All that runs for the bench of gateways: the subgraphs, the generator of load, and the contenders. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchGraph, Contender } from '../contenders/contender.ts';
import type { SubgraphCounts, SubgraphsReady } from '../graph/subgraph-server.ts';
import { composeSupergraph } from '../graph/subgraphs.ts';
import type { Collected, CollectOrder, LoadOrder, LoadResult } from '../load/orders.ts';
import { nodeProgram, type Program } from '../machine/program.ts';

export interface Running {
  contender: Contender;
  program: Program;
  port: number;
}

export interface Field {
  running: readonly Running[];
  /** Why a contender could not be had, by its title. */
  missing: ReadonlyMap<string, string>;
  subgraphs: { pid: number; counts(): Promise<SubgraphCounts> };
  load: { pid: number; collect(order: CollectOrder): Promise<Collected[]>; run(order: LoadOrder): Promise<LoadResult> };
  stop(): Promise<void>;
}

interface FieldOptions {
  contenders: readonly Contender[];
  /** Node's, for those that run on it. */
  flags?: readonly string[];
  tell: (line: string) => void;
}

/** A contender that cannot be had here is told of, and the others run without it. */
export async function openField({ contenders, flags = [], tell }: FieldOptions): Promise<Field> {
  const folder = mkdtempSync(join(tmpdir(), 'schoolgraph-bench-'));
  const programs: Program[] = [];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // also where a signal ends the bench
  process.once('exit', remove);
  const stop = async (): Promise<void> => {
    await Promise.all(programs.map((program) => program.stop()));
    remove();
  };
  try {
    const subgraphs = nodeProgram(['test/bench/graph/subgraph-server.ts'], { place: 'others' });
    const load = nodeProgram(['test/bench/load/load-process.ts'], { place: 'others' });
    programs.push(subgraphs, load);
    const [{ urls }] = await Promise.all([subgraphs.hears<SubgraphsReady>(), load.hears()]);
    const graph = writeGraph(folder, urls);
    const running: Running[] = [];
    const missing = new Map<string, string>();
    for (const contender of contenders) {
      try {
        const started = await contender.start(graph, flags);
        programs.push(started.program);
        running.push({ contender, ...started });
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        missing.set(contender.title, reason);
        tell(`Without ${contender.title}: ${reason}`);
      }
    }
    return {
      running,
      missing,
      subgraphs: { pid: subgraphs.pid, counts: () => subgraphs.ask<SubgraphCounts>({}) },
      load: { pid: load.pid, collect: (order) => load.ask(order), run: (order) => load.ask(order) },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function writeGraph(folder: string, urls: Readonly<Record<string, string>>): BenchGraph {
  const graph = {
    supergraph: join(folder, 'supergraph.graphql'),
    folder,
    urls,
  };
  writeFileSync(graph.supergraph, composeSupergraph(urls));
  return graph;
}
