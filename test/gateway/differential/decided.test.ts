/** What engines were once wrong in, by the specification, they are right in now; or it is said that they are not. */
import { describe, expect, it } from 'vitest';
import { DECIDED, type Decided } from './decided.ts';
import { ENGINES } from './engines.ts';
import { type OpenWorld, openWorld } from './open-world.ts';
import { differencesFromWhole, type Outcome, placesOf } from './outcome.ts';
import { WORLDS } from './worlds.ts';

const opened = new Map<string, OpenWorld>();

function openNamed(name: string): OpenWorld {
  const world = WORLDS.find((each) => each.name === name);
  if (!world) throw new Error(`There is no world "${name}".`);
  const known = opened.get(name) ?? openWorld(world);
  opened.set(name, known);
  return known;
}

async function isRight(open: OpenWorld, decided: Decided, outcome: Outcome): Promise<boolean> {
  const { faults, errors, data, ...asked } = decided;
  if (errors) {
    const isData = data === undefined || JSON.stringify(data) === outcome.data;
    return isData && JSON.stringify(placesOf(outcome)) === JSON.stringify([...errors].sort());
  }
  return differencesFromWhole(outcome, await open.whole.run(asked, faults)).length === 0;
}

describe.each(DECIDED)('$world: $because', (decided) => {
  it.each(ENGINES.map((engine) => [engine.name, engine] as const))('%s', async (name, { createEngine, takesText }) => {
    const open = openNamed(decided.world);
    const runner = await open.behind(createEngine, takesText);
    const outcome = await runner.run(decided, decided.faults);
    const expected = !(decided.stillWrong as readonly string[] | undefined)?.includes(
      name.split(', passed on')[0] ?? name,
    );
    expect({ outcome, isRight: await isRight(open, decided, outcome) }).toEqual({ outcome, isRight: expected });
  });
});
