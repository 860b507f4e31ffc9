/** How often, and with what, a subgraph is asked where entities differ in what they have of all that is required. */
import { describe, expect, it } from 'vitest';
import { createCompiledEngine } from '../../../gateway/engine/compiled/engine.ts';
import { openWorld } from './open-world.ts';
import { requiringMuch } from './worlds/interface-objects-that-require.ts';

const runner = openWorld(requiringMuch).behind(createCompiledEngine);

async function callsToReviews(query: string, variables: Readonly<Record<string, unknown>> = {}) {
  const { run, calls } = await runner;
  const { errors } = await run({ query, variables });
  expect(errors).toEqual([]);
  return calls()
    .filter(({ subgraph }) => subgraph === 'reviews')
    .map(({ query: text, variables: { representations, ...others } }) => ({
      asks: text.match(/\b(rating|stars|credit|weight)\b/g),
      of: (representations as { id: string }[]).map(({ id }) => id),
      others,
    }));
}

describe('a subgraph whose fields require something that only some entities have', () => {
  it('is asked once for those that have it, once for the others, and in each call for an entity once', async () => {
    expect(await callsToReviews('{ shelf { stars ... on Play { credit } } }')).toEqual([
      { asks: ['stars'], of: ['w3', 'w2'], others: {} },
      { asks: ['stars', 'credit'], of: ['w1'], others: {} },
    ]);
  });

  it('is sent with each call the variables of that call alone', async () => {
    const query =
      'query ($scale: Int!, $unit: String) { works { rating(scale: $scale) ... on Poem { weight(unit: $unit) } } }';
    expect(await callsToReviews(query, { scale: 2, unit: 'g' })).toEqual([
      { asks: ['rating'], of: ['w1', 'w3', 'w4'], others: { scale: 2 } },
      { asks: ['rating', 'weight'], of: ['w2'], others: { scale: 2, unit: 'g' } },
    ]);
  });

  it('is asked once where every entity has it', async () => {
    expect(await callsToReviews('{ works { stars credit } }')).toEqual([
      { asks: ['stars', 'credit'], of: ['w1', 'w2', 'w3', 'w4'], others: {} },
    ]);
  });
});
