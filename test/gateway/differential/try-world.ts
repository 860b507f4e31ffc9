/** Generated cases over one world, until one is found that an engine gets wrong: told as short as it can be made. */
import fc from 'fast-check';
import { ENGINES, type TestedEngine } from './engines.ts';
import { type CaseChoices, calmCases, faultyCases } from './generate/choices.ts';
import { type Contest, judge, openContest, tellCase, writeCase } from './judge.ts';
import { openWorld } from './open-world.ts';
import type { World } from './world.ts';

interface Tries {
  seed: number;
  /** So many without faults, and as many with. */
  cases: number;
  /** Whether what is found is told as it was found, which is quicker. */
  asFound?: boolean;
}

export async function tryWorld(
  world: World,
  tries: Tries,
  engines: readonly TestedEngine[] = ENGINES,
): Promise<string[]> {
  const contest = await openContest(openWorld(world), engines);
  return [...(await tryCases(contest, calmCases, tries)), ...(await tryCases(contest, faultyCases, tries))];
}

/** What is made smaller, and not yet small enough, is told as it is then. */
const LONGEST_SHRINKING_MS = 10_000;

/** One finding, or none. */
export async function tryCases(
  contest: Contest,
  arbitrary: fc.Arbitrary<CaseChoices>,
  { seed, cases, asFound = false }: Tries,
): Promise<string[]> {
  const property = fc.asyncProperty(arbitrary, async (choices) => {
    const wrong = await judge(contest, writeCase(contest, choices));
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, {
    seed,
    numRuns: cases,
    endOnFailure: asFound,
    interruptAfterTimeLimit: cases * LONGEST_CASE_MS + LONGEST_SHRINKING_MS,
  });
  if (!failed || !counterexample) return [];
  const [choices] = counterexample;
  return [`${tellCase(contest, writeCase(contest, choices))}\n${(errorInstance as Error).message}`];
}

const LONGEST_CASE_MS = 1_000;
