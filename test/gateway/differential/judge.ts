/** Runs one case through every engine, and says what is wrong with which. */

import type { TestedEngine } from './engines.ts';
import type { Fault } from './faults.ts';
import type { CaseChoices } from './generate/choices.ts';
import { writeFaults } from './generate/write-faults.ts';
import { writeOperation } from './generate/write-operation.ts';
import type { AskedOperation, EngineRunner, OpenWorld } from './open-world.ts';
import { differencesFromOracle, differencesFromWhole, type Outcome } from './outcome.ts';

export interface Contest {
  open: OpenWorld;
  /** The first is the oracle. */
  engines: readonly { engine: TestedEngine; runner: EngineRunner }[];
}

export async function openContest(open: OpenWorld, engines: readonly TestedEngine[]): Promise<Contest> {
  const running = engines.map(async (engine) => ({
    engine,
    runner: await open.behind(engine.createEngine, engine.takesText),
  }));
  return { open, engines: await Promise.all(running) };
}

interface WrittenCase {
  asked: AskedOperation;
  faults: readonly Fault[];
}

export const writeCase = ({ open }: Contest, { operation, faults }: CaseChoices): WrittenCase => ({
  asked: writeOperation(open.apiSchema, operation, { ids: open.ids, onlyQueries: open.world.onlyQueries ?? false }),
  faults: writeFaults(open.subgraphs, faults),
});

/** Empty where every engine is right, with these variables and then, the operation being known, with others. */
export async function judge(contest: Contest, written: WrittenCase): Promise<string[]> {
  const wrong = await judgeOnce(contest, written);
  const other = withOtherConditions(written.asked);
  return wrong.length > 0 || !other ? wrong : judgeOnce(contest, { ...written, asked: other });
}

/** Each yes a no, and each no a yes: what is left out is decided anew. Null where there is none. */
function withOtherConditions(asked: AskedOperation): AskedOperation | null {
  const given = Object.entries(asked.variables ?? {});
  if (!/@(skip|include)\(if: \$/.test(asked.query) || !given.some(([, value]) => typeof value === 'boolean'))
    return null;
  const other = given.map(([name, value]) => [name, typeof value === 'boolean' ? !value : value]);
  return { ...asked, variables: Object.fromEntries(other) };
}

async function judgeOnce(contest: Contest, written: WrittenCase): Promise<string[]> {
  const { open, engines } = contest;
  const { asked, faults } = written;
  const expected = isOfWhole(open, faults) ? await open.whole.run(asked, faults) : null;
  const oracle = expected ? null : await oracleOutcome(contest, written);
  const wrong: string[] = [];
  for (const { engine, runner } of engines) {
    if (isKnownWrong(open, engine, written)) continue;
    const outcome = await runner.run(asked, faults);
    const found = expected
      ? differencesFromWhole(outcome, expected)
      : oracle
        ? differencesFromOracle(outcome, oracle)
        : [];
    if (found.length > 0)
      wrong.push(
        [`${engine.name} is wrong, with ${JSON.stringify(asked.variables)}:`, ...found, ...callsOf(runner)].join(
          '\n  ',
        ),
      );
  }
  return wrong;
}

/**
 * Null where the oracle is no measure: it is wrong before anything fails, or known to be about such a fault, or may have
 * met one in a key that was for something left out.
 */
async function oracleOutcome({ open, engines: [first] }: Contest, written: WrittenCase): Promise<Outcome | null> {
  const { asked, faults } = written;
  if (!first || isKnownWrong(open, first.engine, written) || /@(skip|include)/.test(asked.query)) return null;
  const calm = differencesFromWhole(await first.runner.run(asked), await open.whole.run(asked));
  return calm.length > 0 ? null : first.runner.run(asked, faults);
}

const isKnownWrong = (
  { world, leavesSomewhere }: OpenWorld,
  engine: TestedEngine,
  { asked: { query }, faults }: WrittenCase,
) => engine.wrong.some((each) => each.in({ world, query, faults, isLeaf: (field) => leavesSomewhere.has(field) }));

/** Whether the whole has the same faults: in fields that no subgraph asks another for, and none that refuses a call. */
const isOfWhole = ({ sharedFields, leaves }: OpenWorld, faults: readonly Fault[]): boolean =>
  faults.every(
    (fault) =>
      fault.kind !== 'call' && !sharedFields.has(fault.field) && (fault.kind !== 'wrong' || leaves.has(fault.field)),
  );

const callsOf = (runner: EngineRunner): string[] =>
  runner.calls().map(({ subgraph, query, variables }) => `asked ${subgraph}: ${query} ${JSON.stringify(variables)}`);

/** For whoever has to look: all of a case, as it can be kept in `decided.ts`. */
export const tellCase = ({ open }: Contest, { asked, faults }: WrittenCase): string =>
  JSON.stringify({ world: open.world.name, ...asked, faults }, null, 2).replaceAll('\\n', '\n');
