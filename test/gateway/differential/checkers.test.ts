/** A comparison that finds nothing may be one that sees nothing: it is shown engines with a bug, and has to find each. */
import { describe, expect, it } from 'vitest';
import { calmCases, faultyCases } from './generate/choices.ts';
import { openContest } from './judge.ts';
import { openWorld } from './open-world.ts';
import { PLANTED } from './planted-bugs.ts';
import { tryCases } from './try-world.ts';
import type { World } from './world.ts';
import { WORLDS } from './worlds.ts';

describe('an engine that', () => {
  it.each(PLANTED)('$does is found', async ({ world, inFaults, takesText = false, createEngine }) => {
    const buggy = { name: 'buggy', createEngine, takesText, gets: [], wrong: [] };
    const trial = WORLDS.find(({ name }) => name === world) as World;
    const contest = await openContest(openWorld(trial), [buggy]);
    const cases = inFaults ? faultyCases : calmCases;
    const found = await tryCases(contest, cases, { seed: 7, cases: 100, asFound: true });
    expect(found.join('\n')).toContain('buggy is wrong');
  });
});
