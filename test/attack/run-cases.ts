/** Runs an attack's cases, some at once, each on chance of its own: in bounded number, and to a time. */
import type { AttackRun, Counts, FoundCase, Outcome, TryCase } from './attack.ts';
import { createRandom } from './random.ts';

/** After so many a defence is gone: the rest would only repeat it. */
const MOST_FINDINGS = 20;

/** How often the progress is told, in cases. */
const TOLD_EACH = 500;

interface CasesOptions {
  name: string;
  /** How many cases are under way at once. */
  atOnce: number;
}

export async function runCases({ name, atOnce }: CasesOptions, run: AttackRun, tryCase: TryCase): Promise<Counts> {
  const findings: FoundCase[] = [];
  const counts = { tries: 0, refused: 0, served: 0 };
  const numbers = run.only === undefined ? upTo(() => run.count > counts.tries + underWay) : [run.only].values();
  let underWay = 0;
  const count = (number: number, outcomes: readonly Outcome[]) => {
    for (const outcome of outcomes) {
      counts.tries += 1;
      if (typeof outcome === 'string') counts[outcome] += 1;
      else findings.push({ case: number, ...outcome });
      if (counts.tries % TOLD_EACH === 0) run.progress(counts.tries);
    }
  };
  const worker = async () => {
    for (const number of numbers) {
      if (run.signal.aborted || findings.length >= MOST_FINDINGS) return;
      underWay += 1;
      const outcome = await tryCase(createRandom(run.seed, name, number), number).catch(thrown);
      underWay -= 1;
      count(number, Array.isArray(outcome) ? outcome : [outcome as Outcome]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return { ...counts, findings };
}

/** Those that a run has at the most, where each makes as many tries. */
export const caseNumbers = ({ only, count }: Pick<AttackRun, 'only' | 'count'>, tries: number): number[] =>
  only === undefined ? Array.from({ length: Math.ceil(count / tries) }, (_, number) => number) : [only];

/** Counts up from 0 as long as there is to do. */
function* upTo(goesOn: () => boolean): Generator<number> {
  for (let number = 0; goesOn(); number += 1) yield number;
}

/** An attack that breaks down has shown nothing: it counts as found. */
const thrown = (error: unknown): Outcome => ({
  found: `Expected the case to come to an end; it threw: ${error instanceof Error ? error.message : error}`,
});
