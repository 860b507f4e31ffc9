/** Every limit of an operation: what is at it passes, one more is refused by name, and what was sent is in no answer. */
import { getIntrospectionQuery, parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { createLimiter, type Measured } from '../../gateway/policy/limits/limiter.ts';
import { DEFAULT_LIMITS, type Limits, NOTHING_COUNTED } from '../../gateway/policy/limits/limits.ts';
import { codesOf, startFront } from './front-gateway.ts';

const front = await startFront();
const open = await startFront({ limitMode: 'measure' });

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (count: number, last: string): string => `${'child { '.repeat(count)}${last}${' }'.repeat(count)}`;
const listed = (count: number, inner: string): string => '['.repeat(count) + inner + ']'.repeat(count);
const objects = (count: number, inner: string): string => '{ a: '.repeat(count) + inner + ' }'.repeat(count);
const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `CANARY${index}`);

/** Lists of numbers of so many tokens, none of them long. */
const lists = (tokens: number): string =>
  `${times(Math.floor(tokens / 100), () => `[${times(98, () => '1')}]`)} [${times((tokens % 100) - 2, () => '1')}]`;

/** An operation that reaches a count, and nothing else. */
type Reach = (count: number) => { query: string; variables?: unknown; operationName?: string };

const REACHES: readonly [keyof Limits, string, number, string, Reach][] = [
  ['tokens', 'LIMIT_TOKENS', 1_000, 'tokens', (count) => ({ query: `{ numbers(lists: [${lists(count - 9)}]) }` })],
  ['depth', 'LIMIT_DEPTH', 10, 'levels of fields', (count) => ({ query: `{ node { ${nested(count - 2, 'id')} } }` })],
  [
    'depth',
    'LIMIT_DEPTH',
    10,
    'levels of fields through fragments',
    (count) => ({
      query: `{ node { ...A } } fragment A on Node { ... { ${nested(count - 3, '...B')} } } fragment B on Node { child { id } }`,
    }),
  ],
  ['fields', 'LIMIT_FIELDS', 300, 'fields', (count) => ({ query: `{ node { ${times(count - 1, () => 'id')} } }` })],
  [
    'fields',
    'LIMIT_FIELDS',
    300,
    'fields of a fragment, as often as it is spread',
    (count) => ({
      query: `{ node { ...A ...A ...A ${times(count - 289, () => 'id')} } } fragment A on Node { ${times(96, () => 'id')} }`,
    }),
  ],
  [
    'selections',
    'LIMIT_SELECTIONS',
    3_000,
    'selections, of each fragment as often as it is spread',
    (count) => ({
      query: `{ node { ${times(Math.floor((count - 1) / 11), () => '...A')} ${times((count - 1) % 11, () => 'id')} } } fragment A on Node { ${'... { '.repeat(9)}id${' }'.repeat(9)} }`,
    }),
  ],
  [
    'aliases',
    'LIMIT_ALIASES',
    15,
    'aliases',
    (count) => ({ query: `{ ${times(count, (index) => `CANARY${index}: numbers`)} }` }),
  ],
  [
    'aliases',
    'LIMIT_ALIASES',
    15,
    'aliases at several places',
    (count) => ({ query: `{ node { a: id child { ${times(count - 1, (index) => `a${index}: id`)} } } }` }),
  ],
  [
    'aliases',
    'LIMIT_ALIASES',
    15,
    'aliases of a fragment, as often as it is spread',
    (count) => ({
      query: `{ node { ...A child { ...A ${times(count - 14, (index) => `b${index}: id`)} } } } fragment A on Node { ${times(7, (index) => `a${index}: id`)} }`,
    }),
  ],
  [
    'directives',
    'LIMIT_DIRECTIVES',
    8,
    'directives',
    (count) => ({ query: `{ node { ${times(count, (index) => `a${index}: __typename @include(if: true)`)} } }` }),
  ],
  [
    'directives',
    'LIMIT_DIRECTIVES',
    8,
    'directives on fragments and what spreads them',
    (count) => ({
      query: `query { node { ...A @include(if: true) ... @skip(if: false) { ${times(count - 2, (index) => `a${index}: __typename @include(if: true)`)} } } } fragment A on Node { id }`,
    }),
  ],
  [
    'list',
    'LIMIT_LIST',
    100,
    'a list in the text',
    (count) => ({ query: `{ pick(ids: [${times(count, (index) => `"CANARY${index}"`)}]) }` }),
  ],
  [
    'list',
    'LIMIT_LIST',
    100,
    'a list inside an object in the text',
    (count) => ({
      query: `{ pick(wish: { id: 1, more: [{ id: 2, names: [${times(count, (index) => `"CANARY${index}"`)}] }] }) }`,
    }),
  ],
  [
    'list',
    'LIMIT_LIST',
    100,
    'a list in the variables',
    (count) => ({ query: 'query ($ids: [ID!]) { pick(ids: $ids) }', variables: { ids: ids(count) } }),
  ],
  [
    'list',
    'LIMIT_LIST',
    100,
    'a list inside the variables',
    (count) => ({
      query: 'query ($wish: Wish) { pick(wish: $wish) }',
      variables: { wish: { id: '1', more: [{ id: '2', names: ids(count) }] } },
    }),
  ],
  [
    'list',
    'LIMIT_LIST',
    100,
    'the default of a variable',
    (count) => ({
      query: `query ($ids: [ID!] = [${times(count, (index) => `"CANARY${index}"`)}]) { pick(ids: $ids) }`,
    }),
  ],
  [
    'valueDepth',
    'LIMIT_VALUE_DEPTH',
    10,
    'lists in each other',
    (count) => ({ query: `{ pick(any: ${listed(count, '"CANARY"')}) }` }),
  ],
  [
    'valueDepth',
    'LIMIT_VALUE_DEPTH',
    10,
    'objects in each other, among others',
    (count) => ({ query: `{ pick(any: [{ a: 1 }, ${objects(count - 1, '"CANARY"')}, [1]]) }` }),
  ],
  [
    'valueDepth',
    'LIMIT_VALUE_DEPTH',
    10,
    'lists in each other in an operation that is not run',
    (count) => ({
      query: `query A { pick } query B($any: Any = ${listed(count, '"CANARY"')}) { pick(any: $any) }`,
      operationName: 'A',
    }),
  ],
  [
    'valueDepth',
    'LIMIT_VALUE_DEPTH',
    10,
    'lists and objects in each other in a variable',
    (count) => ({
      query: 'query ($any: Any, $b: Any) { pick(any: $any) a: pick(any: $b) }',
      variables: { any: [JSON.parse(`${'{"CANARY":'.repeat(count - 1)}1${'}'.repeat(count - 1)}`)], b: [[1]] },
    }),
  ],
  [
    'introspectionDepth',
    'LIMIT_INTROSPECTION_DEPTH',
    16,
    'levels of introspection',
    (count) => ({
      query: `{ __type(name: "Node") { ${'ofType { '.repeat(count - 2)}name${' }'.repeat(count - 2)} } }`,
    }),
  ],
  [
    'introspection',
    'LIMIT_INTROSPECTION',
    1,
    '__schema',
    (count) => ({ query: `{ ${times(count, (index) => `s${index}: __schema { queryType { name } }`)} }` }),
  ],
  [
    'introspection',
    'LIMIT_INTROSPECTION',
    1,
    '__type',
    (count) => ({ query: `{ ${times(count, (index) => `s${index}: __type(name: "CANARY") { name }`)} }` }),
  ],
  ['cost', 'LIMIT_COST', 12_000, 'in cost', (count) => ({ query: `{ sized(first: ${count}) { id } }` })],
  [
    'cost',
    'LIMIT_COST',
    12_000,
    'in cost by a variable',
    (count) => ({ query: 'query ($first: Int) { sized(first: $first) { id } }', variables: { first: count } }),
  ],
];

const ONE_OF_EACH = REACHES.filter(([limit], index) => REACHES.findIndex(([each]) => each === limit) === index);

const LOOSE: Limits = {
  tokens: 10_000,
  depth: 1_000,
  fields: 1_000,
  selections: 10_000,
  aliases: 1_000,
  directives: 1_000,
  list: 1_000,
  valueDepth: 1_000,
  introspectionDepth: 1_000,
  introspection: 1_000,
  cost: 1_000_000,
};

const loose = await startFront({ limits: LOOSE });

describe('a limit', () => {
  it.each(REACHES)('%s (%s): %i %s pass', async (_limit, _code, most, _what, reach) => {
    const { query, ...more } = reach(most);
    const answer = await front.ask(query, more);
    expect(answer.body).toEqual({ data: expect.anything() });
  });

  it.each(REACHES)('%s (%s): more than %i %s are refused', async (_limit, code, most, _what, reach) => {
    const { query, ...more } = reach(most + 1);
    const answer = await front.ask(query, more);
    expect(answer.body).not.toHaveProperty('data');
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.text).not.toContain('CANARY');
    expect(answer.status).toBe(200);
  });

  it.each(ONE_OF_EACH)('%s (%s) is a setting, and not always %i', async (limit, code, _most, _what, reach) => {
    const most = 20;
    const { query, ...more } = reach(limit === 'fields' || limit === 'tokens' ? 400 : most + 1);
    const tight = await startFront({ limits: { ...LOOSE, [limit]: most } });
    expect(codesOf(await loose.ask(query, more))).not.toContain(code);
    expect(codesOf(await tight.ask(query, more))).toEqual([code]);
  });
});

describe('the body of a request', () => {
  const ofLength = (bytes: number): string => {
    const start = '{"query": "{ __typename }", "extensions": {"é": "';
    return `${start}${'x'.repeat(bytes - Buffer.byteLength(start) - 3)}"}}`;
  };
  const send = (body: string) => front.send({ headers: { 'content-type': 'application/json' }, body });

  it('of 65,536 bytes passes', async () => {
    expect((await send(ofLength(65_536))).body).toEqual({ data: { __typename: 'Query' } });
  });

  it('of one more is refused with 413, said how long, and not read to its end', async () => {
    const answer = await send(ofLength(65_537));
    expect(answer.status).toBe(413);
    expect(answer.body?.errors).toEqual([
      { message: 'The body is longer than 65536 bytes: ask in parts.', extensions: { code: 'LIMIT_BODY' } },
    ]);
  });

  it('without a length of its own is counted as it comes', async () => {
    const body = new Blob([ofLength(65_537)]).stream();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${front.url}/graphql`, { method: 'POST', headers, body, duplex: 'half' });
    expect(answer.status).toBe(413);
  });

  it('may be as long as the setting says', async () => {
    const { send: sendTo } = await startFront({ mostBodyBytes: 100 });
    const headers = { 'content-type': 'application/json' };
    expect((await sendTo({ headers, body: ofLength(100) })).status).toBe(200);
    expect((await sendTo({ headers, body: ofLength(101) })).status).toBe(413);
  });
});

describe('counting', () => {
  it('stops at the limit: a bomb of fragments costs nothing', async () => {
    const bomb = `{ node { ...F0 } } ${times(40, (index) => `fragment F${index} on Node { ...F${index + 1} ...F${index + 1} }`)} fragment F40 on Node { id }`;
    const start = performance.now();
    expect(codesOf(await front.ask(bomb))).toEqual(['LIMIT_FIELDS']);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('stops where fragments hold no field, and end in none', async () => {
    const bomb = `{ ...F0 } ${times(60, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)}`;
    expect(codesOf(await front.ask(bomb))).toEqual(['LIMIT_SELECTIONS']);
    expect(codesOf(await open.ask(bomb))).toEqual(['LIMIT_SELECTIONS']);
  });

  it('does not go round where fragments do: validation refuses them', async () => {
    const names = Array.from({ length: 18 }, (_, index) => `F${index}`);
    const fragments = names.map(
      (name) => `fragment ${name} on Node { ${names.map((each) => `...${each}`).join(' ')} }`,
    );
    const answer = await front.ask(`{ node { ...F0 } } ${fragments.join(' ')}`);
    expect(new Set(codesOf(answer))).toEqual(new Set(['GRAPHQL_VALIDATION_FAILED']));
  });

  it('comes before validation, which looks at every pair of fields of one name', async () => {
    const many = `{ node { ${times(301, () => 'nothing')} } }`;
    expect(codesOf(await front.ask(many))).toEqual(['LIMIT_FIELDS']);
  });

  it.each([
    ['an operation that is not run', '{ node { id } } query Other { node { FIELDS } }'],
    ['a fragment that nobody spreads', '{ node { id } } fragment Other on Node { FIELDS }'],
    ['fragments that go round', '{ node { ...A } } fragment A on Node { ...B } fragment B on Node { ...A FIELDS }'],
  ])('looks at %s', async (_what, query) => {
    const answer = await front.ask(
      query.replace(
        'FIELDS',
        times(301, () => 'id'),
      ),
      { operationName: null },
    );
    expect(codesOf(answer)).toEqual(['LIMIT_FIELDS']);
  });

  it('of values comes to an end where they are nested deeper than a call can be', async () => {
    const answer = await front.send({
      headers: { 'content-type': 'application/json' },
      body: `{"query": "{ __typename }", "variables": {"a": ${listed(30_000, '')}}}`,
    });
    expect(codesOf(answer)).toEqual(['LIMIT_VALUE_DEPTH']);
  });
});

describe('introspection', () => {
  it('in full, as GraphiQL asks for it, passes', async () => {
    const query = getIntrospectionQuery({
      descriptions: true,
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect((await front.ask(query)).body).toEqual({ data: { __schema: expect.anything() } });
  });

  it('that goes round is refused', async () => {
    const round = '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }';
    expect(codesOf(await front.ask(round))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('limits that only measure', () => {
  const LONG = `{ node { ${times(301, () => 'id')} ${nested(10, 'id')} } }`;

  it('refuse nothing', async () => {
    expect((await open.ask(LONG)).body).toEqual({ data: { node: expect.anything() } });
  });

  it('are those of a graph without rules of ours, where nothing else is set', async () => {
    const foreign = await startFront({ limitMode: undefined });
    expect((await foreign.ask(LONG)).body).toEqual({ data: { node: expect.anything() } });
  });

  it('tell what was counted, and which limits it is over', () => {
    const measured: Measured[] = [];
    const limiter = createLimiter({
      limits: DEFAULT_LIMITS,
      mode: 'measure',
      observe: (each) => measured.push(each),
    });
    const counts = limiter.admitDocument(parse(LONG));
    limiter.admitVariables(counts, { a: [1, 2] });
    expect(measured).toEqual([
      {
        counts: { ...NOTHING_COUNTED, tokens: 337, fields: 313, selections: 313, depth: 12, list: 2, valueDepth: 1 },
        over: ['depth', 'fields'],
      },
    ]);
  });

  it('refuse a bomb all the same, at a hundred times', async () => {
    const bomb = `{ node { ...F0 } } ${times(40, (index) => `fragment F${index} on Node { ...F${index + 1} ...F${index + 1} }`)} fragment F40 on Node { id }`;
    const answer = await open.ask(bomb);
    expect(codesOf(answer)).toEqual(['LIMIT_FIELDS']);
    expect(answer.text).toContain('30000');
    expect(codesOf(await open.ask(`{ node { ${nested(1_000, 'id')} } }`))).toEqual(['LIMIT_DEPTH']);
    expect(codesOf(await open.ask(`{ ${times(100_000, () => 'x')} }`))).toEqual(['LIMIT_TOKENS']);
  });

  it('refuse lists in each other in a text at twice the limit, and in a variable at a hundred times', async () => {
    const told = (levels: number) => open.ask(`{ pick(any: ${listed(levels, '1')}) }`);
    expect((await told(20)).body).toEqual({ data: { pick: 1 } });
    expect(codesOf(await told(21))).toEqual(['LIMIT_VALUE_DEPTH']);
    const given = (levels: number) =>
      open.ask('query ($any: Any) { pick(any: $any) }', { variables: { any: JSON.parse(listed(levels, '1')) } });
    expect((await given(1_000)).body).toEqual({ data: { pick: 1 } });
    expect(codesOf(await given(1_001))).toEqual(['LIMIT_VALUE_DEPTH']);
  });

  it.each([100, 998])('do not break at %i levels', async (levels) => {
    const answer = await open.ask(`{ node { ${nested(levels, 'id')} } }`);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ data: { node: expect.anything() } });
  });

  it.each(['{ a '.repeat(20_000), `{ a(b: ${'['.repeat(40_000)}`, `query ($a: ${'['.repeat(40_000)}`])(
    'are told of a text that is nested deeper than it can be parsed',
    async (query) => {
      const answer = await open.ask(query);
      expect(answer.status).toBe(200);
      expect(codesOf(answer)).toEqual(['GRAPHQL_PARSE_FAILED']);
    },
  );

  it.each([
    ['inline fragments', `{ ${'... { '.repeat(1_300)}node { id } ${'} '.repeat(1_300)} }`],
    [
      'fragments',
      `{ ...F0 } ${times(8_000, (at) => `fragment F${at} on Query { ...F${at + 1} }`)} fragment F8000 on Query { node { id } }`,
    ],
  ])('refuse a text of %s nested deeper than it can be followed', async (_what, query) => {
    const answer = await open.ask(query);
    // how deep the parser can follow differs with how warm it is
    expect([answer.status, codesOf(answer)]).toEqual([
      200,
      [expect.stringMatching(/^(LIMIT_DEPTH|GRAPHQL_PARSE_FAILED)$/)],
    ]);
  });

  it('that are enforced tell the one for which an operation is refused', () => {
    const measured: Measured[] = [];
    const limiter = createLimiter({
      limits: DEFAULT_LIMITS,
      mode: 'enforce',
      observe: (each) => measured.push(each),
    });
    expect(() => limiter.admitDocument(parse(LONG))).toThrow('300');
    expect(measured.map(({ over }) => over)).toEqual([['fields']]);
  });
});
