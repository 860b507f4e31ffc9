/** Answers that are put together from what subgraphs said, unread: the same as those that are merged, or none. */
import fc from 'fast-check';
import { getOperationAST, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createSubgraphCaller } from '../../../gateway/engine/signed-source.ts';
import { createGraph } from '../../../gateway/graph.ts';
import { DEFAULT_FRONT } from '../../../gateway/policy/front-settings.ts';
import { openWorld } from '../differential/open-world.ts';
import { type CurrentRun, createSubgraphTransport } from '../differential/subgraph-transport.ts';
import { shelves } from '../differential/worlds/shelves.ts';

const open = openWorld(shelves);

/** What a subgraph says becomes this. */
type Alter = (text: string, subgraph: string) => string;

interface Asked {
  takesText: boolean;
  variables?: Record<string, unknown>;
  alter?: Alter;
}

async function openGraph() {
  let current: CurrentRun = { done: [], faults: [], calls: [] };
  let alterNow: Alter = (text) => text;
  const { call } = createSubgraphTransport(open.subgraphs, () => current);
  const transport: { call: typeof call } = {
    async call(subgraph, request, signal) {
      const { status, body } = await call(subgraph, request, signal);
      return { status, body: alterNow(body, subgraph) };
    },
  };
  const callSubgraph = createSubgraphCaller(null, transport, () => undefined);
  const { execute } = await createGraph(open.supergraph, () => ({ call: callSubgraph, async close() {} }), {
    settings: { ...DEFAULT_FRONT, limitMode: 'measure' },
  });
  return async (query: string, { takesText, variables = {}, alter = (text) => text }: Asked) => {
    [current, alterNow] = [{ done: [], faults: [], calls: [] }, alter];
    const document = parse(query);
    const answer = await execute({
      source: query,
      document,
      operation: getOperationAST(document) ?? undefined,
      variables,
      caller: null,
      signal: new AbortController().signal,
      takesText,
    });
    const { data, errors, text } = answer;
    const calls = current.calls.map((each) => `${each.subgraph} ${each.query} ${JSON.stringify(each.variables)}`);
    const told = errors.map(({ message, path }) => `${JSON.stringify(path)}: ${message}`);
    return { text: text ?? JSON.stringify({ data }), isInTexts: text !== undefined, errors: told, calls };
  };
}

const ask = await openGraph();

/** The same of both ways. */
async function compared(query: string, asked: Omit<Asked, 'takesText'> = {}) {
  // what was in vain once is left out once
  for (let times = 0; asked.alter && times < 2; times += 1) await ask(query, { takesText: true });
  const inTexts = await ask(query, { ...asked, takesText: true });
  const merged = await ask(query, { ...asked, takesText: false });
  expect(inTexts.text).toBe(merged.text);
  expect(inTexts.errors).toEqual(merged.errors);
  expect(inTexts.calls.toSorted()).toEqual(merged.calls.toSorted());
  return inTexts;
}

const IN_TEXTS = [
  ['of one call', '{ books { id title isbn } }'],
  ['of one call with what is one value', '{ first { place { shelf row } title } }'],
  ['with the name of a type', '{ first { __typename id place { __typename row } } }'],
  ['without the key that was asked for besides', '{ books { title stars } }'],
  ['with another call’s fields before its own', '{ books { stars id title } }'],
  ['with them in between', '{ books { title stars isbn } }'],
  ['with nothing but them', '{ books { stars } first { quotes { text } } }'],
  ['of entities that stand in two places', '{ books { author { id name } editor { name age } title } }'],
  ['in lists of lists with nulls', '{ boxes { title stars author { name } } }'],
  ['of a call after a call', '{ books { author { name town { height name code } } title } }'],
  ['of a call in what another call answers', '{ books { title quotes { by { name } text } } }'],
  ['of calls side by side', '{ books { stars author { age } title } }'],
  ['of several roots', '{ me { name town { name } } books { title } }'],
  ['of several roots, the other way round', '{ books { title } me { town { name } name } }'],
  ['of a fragment', '{ books { ...B } } fragment B on Book { title ... on Book { stars } }'],
  ['with conditions that are met', '{ books { title @include(if: true) author { name @skip(if: false) } } }'],
] as const;

const MERGED = [
  ['in another order than it is planned in: keys come first', '{ books { stars title id } }'],
  ['with aliases', '{ books { name: title } }'],
  ['with one call’s fields in two places of an object', '{ books { stars title quotes { text } } }'],
  [
    'of entities in two places, and what another call says of them',
    '{ books { author { town { name } } editor { town { name } } } }',
  ],
] as const;

describe('an answer', () => {
  it.each(IN_TEXTS)('%s is put together from texts: %s', async (_what, query) => {
    expect(await compared(query)).toMatchObject({ isInTexts: true, errors: [] });
  });

  it.each(MERGED)('%s is merged: %s', async (_what, query) => {
    expect(await compared(query)).toMatchObject({ isInTexts: false, errors: [] });
  });

  it('is put together by the values of its conditions', async () => {
    const query = 'query ($if: Boolean!) { books { title isbn @include(if: $if) place @skip(if: $if) { shelf } } }';
    for (const value of [true, false])
      expect(await compared(query, { variables: { if: value } })).toMatchObject({ isInTexts: true });
  });

  it('asks of each entity once, in the order in which they stand', async () => {
    const { calls } = await compared('{ books { editor { age } author { age } } }');
    expect(calls.filter((call) => call.startsWith('people'))).toHaveLength(1);
    expect(calls.at(-1)?.match(/"id":"/g)).toHaveLength(3);
  });
});

describe('where a text is not as it should be, all is merged, and nothing is asked twice', () => {
  const QUERY = '{ books { title stars author { name town { name } } } }';
  it.each<[string, string, string, string]>([
    ['an error', 'people', ']}}', ']},"errors":[{"message":"No.","path":["_entities",0,"name"]}]}'],
    ['what was withheld', 'people', ']}}', ']},"extensions":{"guestAccess":{"hidden":[]}}}'],
    ['a null where none may be', 'geography', '"name":"Exmouth"', '"name":null'],
    ['an entity that is null', 'people', '{"name":"Siân “S.” Rees","town":{"__typename":"Town","code":1}}', 'null'],
    ['an entity too few', 'people', ',{"name":null,"town":null}', ''],
    [
      'an entity too many',
      'people',
      ',{"name":null,"town":null}',
      ',{"name":null,"town":null},{"name":null,"town":null}',
    ],
    ['a field too many', 'people', '"name":null', '"name":null,"age":1'],
    ['a field too few', 'catalogue', '"title":"one",', ''],
    ['a field twice', 'catalogue', '"title":"one",', '"title":"two","title":"one",'],
    ['fields in another order', 'catalogue', '"id":"book-0","title":"one"', '"title":"one","id":"book-0"'],
    ['another type’s name', 'catalogue', '"__typename":"Book"', '"__typename":"Boot"'],
    ['another type’s name of an entity', 'people', '"__typename":"Town"', '"__typename":"Village"'],
    ['a number for a text', 'geography', '"Exmouth"', '7'],
    ['blanks', 'catalogue', '{"data"', '{ "data"'],
    ['a character that is written otherwise', 'geography', 'Exmouth', '\\u0045xmouth'],
    ['something behind it', 'geography', ']}}', ']}}{}'],
    ['no JSON', 'geography', ']}}', ']}'],
    ['nothing', 'catalogue', '"data":{', '"nodata":{'],
  ])('%s (%s: %s → %s)', async (_what, from, before, after) => {
    const alter: Alter = (text, subgraph) => {
      if (subgraph !== from) return text;
      expect(text).toContain(before);
      return text.replaceAll(before, after);
    };
    const { isInTexts, calls } = await compared(QUERY, { alter });
    expect([isInTexts, new Set(calls).size]).toEqual([false, calls.length]);
  });

  it('whatever happens to it', async () => {
    let inTexts = 0;
    const change = fc.record({
      subgraph: fc.constantFrom(...shelves.subgraphs.map(({ name }) => name)),
      at: fc.nat(600),
      taken: fc.nat(2),
      put: fc.constantFrom(
        '',
        ' ',
        '"',
        '}',
        ',',
        '0',
        '1',
        '-',
        '.',
        '\\',
        'null',
        '{}',
        '[]',
        'é',
        '\u0000',
        '\ud800',
      ),
    });
    const queries = fc.constantFrom(...IN_TEXTS.map(([, query]) => query));
    await fc.assert(
      fc.asyncProperty(queries, change, async (query, { subgraph, at, taken, put }) => {
        const alter: Alter = (text, of) => {
          const place = at % (text.length + 1);
          return of === subgraph ? text.slice(0, place) + put + text.slice(place + taken) : text;
        };
        if ((await compared(query, { alter })).isInTexts) inTexts += 1;
      }),
      { numRuns: 1_000, seed: 11 },
    );
    expect(inTexts).toBeGreaterThan(100);
  }, 60_000);

  it('and after some times in vain it is seldom tried', async () => {
    const query = `query Seldom ${QUERY}`;
    const isInTexts = async (alter: Alter) => (await ask(query, { takesText: true, alter })).isInTexts;
    const blank: Alter = (text) => ` ${text}`;
    const asIs: Alter = (text) => text;
    expect([await isInTexts(asIs), await isInTexts(blank), await isInTexts(asIs)]).toEqual([true, false, false]);
    expect([await isInTexts(asIs), await isInTexts(asIs)]).toEqual([true, true]);
  });

  it('also where it is very long', async () => {
    for (const put of ['x', '\\n', 'é', '\\"']) {
      const alter: Alter = (text) => text.replace('Exmouth', put.repeat(4_500_000));
      await compared('{ me { name } books { author { town { name } } } }', { alter });
    }
  });
});
