/** An operation is planned when it is made ready, and never again: not for other values of its conditions either. */
import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createCompiledEngine } from '../../../gateway/engine/compiled/engine.ts';
import { planHere } from '../../../gateway/engine/planner/plan-here.ts';
import type { StartPlanner } from '../../../gateway/engine/planner/planner.ts';
import { createSubgraphCaller } from '../../../gateway/engine/signed-source.ts';
import { readSupergraph } from '../../../gateway/supergraph/supergraph.ts';
import { openWorld } from './open-world.ts';
import { createSubgraphTransport } from './subgraph-transport.ts';
import type { World } from './world.ts';
import { mutations } from './worlds/mutations.ts';
import { requiresChains } from './worlds/requires-chains.ts';

/** How often the planner is asked for an operation, and what is done, with each set of values of three conditions. */
async function plansOf(world: World, query: string) {
  const { supergraph, subgraphs } = openWorld(world);
  let planned = 0;
  const counting: StartPlanner = async (sdl) => {
    const planner = await planHere(sdl);
    return {
      ...planner,
      plan(operation) {
        planned += 1;
        return planner.plan(operation);
      },
    };
  };
  const done: string[] = [];
  const transport = createSubgraphTransport(subgraphs, () => ({ done, faults: [], calls: [] }));
  const call = createSubgraphCaller(null, transport, () => undefined);
  const engine = await createCompiledEngine(readSupergraph(supergraph).plannerSdl, call, counting);
  const plan = await engine.prepare(parse(query));
  const atFirst = planned;
  for (let values = 0; values < 8; values += 1) {
    const variables = { a: (values & 1) > 0, b: (values & 2) > 0, c: (values & 4) > 0 };
    const { signal } = new AbortController();
    const operation = { id: String(values), name: null };
    const { errors } = await engine.execute(plan, variables, {
      caller: null,
      operation,
      grants: [],
      signal,
      hidden: [],
    });
    expect(errors).toEqual([]);
  }
  return { atFirst, later: planned - atFirst, done: done.length };
}

const CONDITIONS = '($a: Boolean!, $b: Boolean!, $c: Boolean!)';

describe('an operation with conditions', () => {
  it('is planned once where what it asks requires other fields', async () => {
    const query = `query ${CONDITIONS} { houses { letter @include(if: $a) tax @skip(if: $b) id @include(if: $c) } }`;
    expect(await plansOf(requiresChains, query)).toEqual({ atFirst: 1, later: 0, done: 0 });
  });

  it('is planned once for each change where changes are under conditions', async () => {
    const query = `mutation ${CONDITIONS} { clear @include(if: $a) ...F @skip(if: $b) ... @include(if: $c) { clear } }
      fragment F on Mutation { pay { count } clear }`;
    expect(await plansOf(mutations, query)).toEqual({ atFirst: 2, later: 0, done: 11 });
  });
});
