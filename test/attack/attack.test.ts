/** A seeded sample of every attack: `npm run attack` makes all their tries. */
import { describe, expect, it, vi } from 'vitest';
import { attackedKitGraph } from './graph/kit-graph.ts';
import { ATTACKS } from './registry.ts';
import REGRESSIONS from './regressions.json' with { type: 'json' };

const SEED = 20_261_118;
/** A busy machine is no fault. */
vi.setConfig({ testTimeout: 120_000 });

const graph = await attackedKitGraph();

describe('an attack', () => {
  it.each(
    ATTACKS.filter(({ sample }) => sample > 0).map((attack) => ({ name: attack.name, threat: attack.threat, attack })),
  )('$name finds nothing: $threat', async ({ attack }) => {
    const attacked = attack.poolSize ? await attackedKitGraph({ poolSize: attack.poolSize }) : graph;
    const signal = AbortSignal.timeout(100_000);
    const counts = await attack.run(attacked, {
      count: attack.sample,
      seed: SEED,
      signal,
      progress: () => undefined,
    });
    expect(counts.findings).toEqual([]);
    expect(counts.tries).toBeGreaterThanOrEqual(attack.sample);
    expect(counts.refused + counts.served).toBe(counts.tries);
  });
});

describe('a case that found something once', () => {
  it.each(REGRESSIONS)('$attack $seed/$case: $found', async ({ attack: name, seed, case: only }) => {
    const attack = ATTACKS.find((each) => each.name === name);
    if (!attack) throw new Error(`There is no attack ${name}.`);
    const attacked = attack.poolSize ? await attackedKitGraph({ poolSize: attack.poolSize }) : graph;
    const signal = AbortSignal.timeout(100_000);
    const { findings } = await attack.run(attacked, { count: 1, only, seed, signal, progress: () => undefined });
    expect(findings).toEqual([]);
  });
});
