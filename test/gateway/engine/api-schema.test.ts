/** The planner is handed a supergraph that was mended, and says what clients see of it: the same as of the one that was composed. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiSdlOf } from '../../../gateway/engine/planner/apollo-planner.ts';
import { mendSupergraph } from '../../../gateway/engine/planner/mended-supergraph.ts';
import { readSupergraph } from '../../../gateway/supergraph/supergraph.ts';
import { openWorld } from '../differential/open-world.ts';
import { WORLDS } from '../differential/worlds.ts';

const OWN = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const SUPERGRAPHS: [string, string][] = [
  ...WORLDS.map((world): [string, string] => [world.name, openWorld(world).supergraph]),
  ['our own', OWN],
];

describe('what clients see', () => {
  it.each(SUPERGRAPHS)('is what was composed: %s', (_name, supergraph) => {
    const { plannerSdl } = readSupergraph(supergraph);
    expect(apiSdlOf(mendSupergraph(plannerSdl).sdl)).toBe(apiSdlOf(plannerSdl));
  });
});
