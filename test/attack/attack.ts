/** What an attack is: a threat, and a bounded number of tries at a running graph, each of which can be done again alone. */
import type { AttackedGraph } from './graph/attacked-graph.ts';
import type { Random } from './random.ts';

/** What became of one try. `refused`: the graph kept it out. `served`: it was answered, and rightly so. */
export type Outcome = 'refused' | 'served' | Finding;

/** A try that the graph did not stand. */
export interface Finding {
  /** One sentence: what was expected, and what came. */
  found: string;
}

export interface Counts {
  tries: number;
  refused: number;
  served: number;
  findings: readonly FoundCase[];
  /** What else was counted, in a few words. */
  note?: string;
}

export interface FoundCase extends Finding {
  /** The number of the case, which with the seed makes it again. */
  case: number;
}

export interface AttackRun {
  /** How many tries. */
  count: number;
  seed: number;
  /** Only the case of this number. */
  only?: number;
  /** Aborted where the whole run is to end. */
  signal: AbortSignal;
  /** Told now and then how many tries are done. */
  progress(done: number): void;
}

export interface Attack {
  name: string;
  /** The threat, in the words of a person who decides whether to trust the graph. */
  threat: string;
  /** How many tries `npm run attack` makes, and how many of them `npm test` does: 0 where a test of its own makes them. */
  count: number;
  sample: number;
  /** Database connections of each subgraph at the most, where the attack is on what few of them share. */
  poolSize?: number;
  /** The longest that the whole of it may take, in seconds. */
  seconds: number;
  run(graph: AttackedGraph, run: AttackRun): Promise<Counts>;
}

/** One case of an attack. It may use `random` and nothing else of chance, so that its number makes it again. */
export type TryCase = (random: Random, number: number) => Promise<Outcome | readonly Outcome[]>;
