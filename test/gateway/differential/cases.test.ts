/**
 * What Apollo's gateway, as it comes, gets silently wrong, and our engines get right: each case with the answer that it
 * gives, and the right one, of the plain schema over the same things.
 */
import { describe, expect, it } from 'vitest';
import { createApolloEngine } from '../../../gateway/engine/apollo.ts';
import { atEnd } from '../../kit/at-end.ts';
import { openBareStock } from './bare-stock.ts';
import { type Case, ENGINES } from './engines.ts';
import { type AskedOperation, type OpenWorld, openWorld } from './open-world.ts';
import { differencesFromWhole } from './outcome.ts';
import type { Call } from './subgraph-transport.ts';
import type { World } from './world.ts';
import { aliasedKeys } from './worlds/aliased-keys.ts';
import { requiresArguments } from './worlds/requires-arguments.ts';
import { severalKeys } from './worlds/several-keys.ts';
import { twoPaths } from './worlds/two-paths.ts';
import { unanswerable } from './worlds/unanswerable.ts';
import { unusableKeys } from './worlds/unusable-keys.ts';

const opened = new Map<World, OpenWorld>();
const open = (world: World): OpenWorld => {
  const known = opened.get(world) ?? openWorld(world);
  opened.set(world, known);
  return known;
};

const enginesThatGet = (name: Case) =>
  ENGINES.filter(({ gets }) => gets.includes(name)).map((engine) => [engine.name, engine] as const);

async function bareAnswer(world: OpenWorld, asked: AskedOperation) {
  const bare = await openBareStock(world);
  atEnd(bare.stop);
  return bare.run(asked);
}

interface SilentlyWrong extends AskedOperation {
  name: Case;
  title: string;
  world: World;
  /** What the bare gateway answers. */
  bare: unknown;
}

const SILENTLY_WRONG: readonly SilentlyWrong[] = [
  {
    name: 'A',
    title: 'after @requires a subgraph is come back to by a key that it can resolve, and not by the first in the list',
    world: unusableKeys,
    query: '{ parcel(code: "A1") { postage } }',
    bare: { parcel: { postage: null } },
  },
  {
    name: 'C',
    title: 'arguments of a client do not get to a field that requires the same field with its own',
    world: requiresArguments,
    query: '{ good(id: "g1") { price inEuros } }',
    bare: { good: { price: 1100, inEuros: '1100 EUR' } },
  },
  {
    name: 'C',
    title: 'nor those of a requirement to the client',
    world: requiresArguments,
    query: '{ good(id: "g1") { inEuros price(currency: GBP) } }',
    bare: { good: { inEuros: '1000 EUR', price: 1000 } },
  },
  {
    name: 'D',
    title: 'two fields that require one with different arguments get each its own',
    world: requiresArguments,
    query: '{ good(id: "g1") { inEuros inPounds } }',
    bare: { good: { inEuros: '1000 EUR', inPounds: '1000 GBP' } },
  },
  {
    name: 'D',
    title: 'and so where one of them is included by a variable',
    world: requiresArguments,
    query: 'query ($yes: Boolean!) { good(id: "g1") { oneTag @include(if: $yes) twoTags } }',
    variables: { yes: true },
    bare: { good: { oneTag: 'new', twoTags: 'new' } },
  },
  {
    name: 'D',
    title: 'and so where one of them is left out by a variable',
    world: requiresArguments,
    query: 'query ($yes: Boolean!) { good(id: "g1") { inEuros twoTags @skip(if: $yes) } }',
    variables: { yes: true },
    bare: { good: { inEuros: null } },
  },
  {
    name: 'E',
    title: 'what a client calls by the name of a key is not sent on as the key',
    world: aliasedKeys,
    query: '{ user { id: email nickname } }',
    bare: { user: { id: 'u1', nickname: 'nickname of u1' } },
  },
];

describe('what the bare gateway gets silently wrong', () => {
  it.each(SILENTLY_WRONG)('$name: $title: so it does', async ({ world, bare, ...asked }) => {
    const answer = await bareAnswer(open(world), asked);
    expect(answer.data).toEqual(bare);
    const { data } = await open(world).whole.run(asked);
    expect(JSON.parse(data)).not.toEqual(bare);
  });

  describe.each(SILENTLY_WRONG)('$name: $title', ({ name, world, bare: _bare, title: _title, ...asked }) => {
    it.each(enginesThatGet(name))('%s', async (_engine, { createEngine, takesText }) => {
      const runner = await open(world).behind(createEngine, takesText);
      expect(differencesFromWhole(await runner.run(asked), await open(world).whole.run(asked))).toEqual([]);
    });
  });
});

describe('B: an operation that no subgraph can answer', () => {
  it('is answered by the bare gateway with null, and no error', async () => {
    const answer = await bareAnswer(open(unanswerable), { query: '{ top { title } }' });
    expect(answer).toEqual({ data: { top: null }, errors: [], calls: [] });
  });

  it.each(enginesThatGet('B'))('is an error, beside others, too: %s', async (_name, { createEngine, takesText }) => {
    const { run } = await open(unanswerable).behind(createEngine, takesText);
    const errors = ['["top"]: INTERNAL_SERVER_ERROR'];
    expect(await run({ query: '{ top { title } }' })).toEqual({ data: '{"top":null}', errors, done: [] });
    expect(await run({ query: '{ top { title } shelf { id } }' })).toEqual({
      data: '{"top":null,"shelf":[{"id":"b1"}]}',
      errors,
      done: [],
    });
    const leftOut = 'query ($no: Boolean!) { top @include(if: $no) { title } shelf { id } }';
    expect((await run({ query: leftOut, variables: { no: false } })).errors).toEqual([]);
  });
});

describe('F: an entity that is met several times', () => {
  const asked = {
    query: `{
      people { friends { avatar(size: 2) } }
      one: me { avatar(size: 3) } two: me { avatar(size: 3) } three: me { avatar(size: 3) }
    }`,
  };
  const metTwice = { query: '{ taxable { title } }' };
  const representationsIn = (calls: readonly Call[]): string[][] =>
    calls.flatMap(({ variables: { representations } }) =>
      Array.isArray(representations) ? [representations.map((each) => JSON.stringify(each))] : [],
    );
  const hasRepeated = (representations: readonly string[][]) =>
    representations.some((each) => new Set(each).size < each.length);

  it('is asked for by the bare gateway once for each alias', async () => {
    const { calls } = await bareAnswer(open(twoPaths), asked);
    expect(representationsIn(calls)).toHaveLength(4);
  });

  it('is asked for by the mended one as often as it is met', async () => {
    const runner = await open(severalKeys).behind(createApolloEngine);
    await runner.run(metTwice);
    expect(hasRepeated(representationsIn(runner.calls()))).toBe(true);
  });

  it.each(enginesThatGet('F'))(
    'is asked for once, in one call for aliases that ask the same: %s',
    async (_name, { createEngine, takesText }) => {
      const runner = await open(twoPaths).behind(createEngine, takesText);
      const outcome = await runner.run(asked);
      expect(representationsIn(runner.calls())).toHaveLength(2);
      expect(differencesFromWhole(outcome, await open(twoPaths).whole.run(asked))).toEqual([]);
      await runner.run({ query: '{ people { friends { friends { avatar } } } }' });
      expect(hasRepeated(representationsIn(runner.calls()))).toBe(false);
    },
  );
});
