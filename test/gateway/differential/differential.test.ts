/** A seeded sample of what `npm run attack -- engines` tries by the thousand. */
import { describe, expect, it } from 'vitest';
import { schoolgraph } from './made-up-world.ts';
import { tryWorld } from './try-world.ts';
import { WORLDS } from './worlds.ts';

const SEED = 20_261_127;
const SAMPLE = 2;

describe('every engine is right, by the specification and by the others', () => {
  it.each([...WORLDS, schoolgraph()].map((world) => [world.name, world.trap, world] as const))(
    '%s: %s',
    async (_name, _trap, world) => {
      expect(await tryWorld(world, { seed: SEED, cases: SAMPLE })).toEqual([]);
    },
  );
});
