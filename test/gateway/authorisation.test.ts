import { describe, expect, it } from 'vitest';
import { readSupergraph } from '../../gateway/supergraph/supergraph.ts';
import { callerWith, composed, type SmallSubgraph, smallGraph } from './small-graph.ts';

const people = {
  name: 'people',
  typeDefs: `
    type Query { people: [Person!]! person: Person node: Node guarded: Guarded secretRoot: String @requiresScopes(scopes: [["root"]]) }
    type Mutation { rename(name: String!): Person @requiresScopes(scopes: [["rename"]]) }
    interface Node { id: ID! label: String }
    type Person implements Node @key(fields: "id") {
      id: ID!
      label: String @requiresScopes(scopes: [["label"]])
      name: String
      phone: String @requiresScopes(scopes: [["phone"]])
      mustHave: String! @requiresScopes(scopes: [["must"]])
      either: String @requiresScopes(scopes: [["a", "b"], ["c"]])
      signedIn: String @authenticated
      friend: Person
      pet: Pet
    }
    type Dog implements Node { id: ID! label: String name: String phone: String }
    union Pet = Dog
    type Guarded @requiresScopes(scopes: [["guarded"]]) { text: String }
  `,
  resolvers: {
    Query: {
      people: () => [person('1'), person('2')],
      person: () => person('1'),
      node: () => ({ __typename: 'Person', ...person('1') }),
      guarded: () => ({ text: 'guarded' }),
      secretRoot: () => 'root',
    },
    Mutation: { rename: (_: unknown, { name }: { name: string }) => ({ ...person('1'), name }) },
    Person: { __resolveReference: ({ id }: { id: string }) => person(id) },
    Pet: { __resolveType: () => 'Dog' },
    Node: { __resolveType: (value: { __typename?: string }) => value.__typename ?? 'Person' },
  },
};

const person = (id: string): Record<string, unknown> => ({
  id,
  label: 'label',
  name: `name ${id}`,
  phone: 'phone',
  mustHave: 'must',
  either: 'either',
  signedIn: 'signed in',
  friend: { id: '9', name: 'friend', phone: 'phone of friend', mustHave: 'must' },
  pet: { id: 'd', name: 'Rex', phone: 'phone of dog' },
});

const scores = {
  name: 'scores',
  typeDefs: `type Person @key(fields: "id") { id: ID! score: Int phone: String @external
    callMe: String @requires(fields: "phone") @requiresScopes(scopes: [["phone"]]) }`,
  resolvers: {
    Person: {
      __resolveReference: (reference: object) => reference,
      score: () => 7,
      callMe: ({ phone }: { phone: string }) => `call ${phone}`,
    },
  },
};

const graph = await smallGraph([people, scores]);
const UNAUTHORISED = (path: string[]) => ({ path, extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE' } });
const errorsOf = (result: Awaited<ReturnType<typeof graph.run>>) =>
  result.errors.map(({ path, extensions }) => ({ path, extensions: { code: extensions.code } }));

describe('a field that the caller may not read', () => {
  it('answers null with one error for each place, an @ for every item of a list', async () => {
    const result = await graph.run('{ people { name phone friend { phone } } }', { caller: callerWith() });
    expect(result.data).toEqual({
      people: [
        { name: 'name 1', phone: null, friend: { phone: null } },
        { name: 'name 2', phone: null, friend: { phone: null } },
      ],
    });
    expect(errorsOf(result)).toEqual([
      UNAUTHORISED(['people', '@', 'phone']),
      UNAUTHORISED(['people', '@', 'friend', 'phone']),
    ]);
  });

  it('is not asked of any subgraph', async () => {
    graph.asked.length = 0;
    await graph.run('{ people { name phone score } }', { caller: callerWith() });
    expect(graph.asked.length).toBeGreaterThan(0);
    for (const { query } of graph.asked) expect(query).not.toContain('phone');
  });

  it('propagates its null where it may not be null', async () => {
    const result = await graph.run('{ person { name friend { mustHave } } }', { caller: callerWith() });
    expect(result.data).toEqual({ person: { name: 'name 1', friend: null } });
    expect(errorsOf(result)).toEqual([UNAUTHORISED(['person', 'friend', 'mustHave'])]);
  });

  it('is answered to a caller who holds its scope', async () => {
    const result = await graph.run('{ person { phone mustHave } }', { caller: callerWith('phone', 'must') });
    expect(result).toEqual({ data: { person: { phone: 'phone', mustHave: 'must' } }, errors: [] });
  });

  it('needs all scopes of one list, or those of another', async () => {
    const read = async (...scopes: string[]) =>
      (await graph.run('{ person { either } }', { caller: callerWith(...scopes) })).data;
    expect(await read('a')).toEqual({ person: { either: null } });
    expect(await read('a', 'b')).toEqual({ person: { either: 'either' } });
    expect(await read('c')).toEqual({ person: { either: 'either' } });
  });

  it('needs a caller at all where it is @authenticated', async () => {
    expect((await graph.run('{ person { signedIn } }')).data).toEqual({ person: { signedIn: null } });
    expect((await graph.run('{ person { signedIn } }', { caller: callerWith() })).data).toEqual({
      person: { signedIn: 'signed in' },
    });
  });

  it('is left out by its type, too', async () => {
    const result = await graph.run('{ guarded { text } }', { caller: callerWith() });
    expect(result.data).toEqual({ guarded: null });
    expect(errorsOf(result)).toEqual([UNAUTHORISED(['guarded'])]);
  });

  it('is left out behind an interface whose implementer guards it', async () => {
    const result = await graph.run('{ node { id label } }', { caller: callerWith() });
    expect(result.data).toEqual({ node: { id: '1', label: null } });
  });

  it('is left out where it @requires what the caller may not read', async () => {
    expect((await graph.run('{ person { callMe } }', { caller: callerWith() })).data).toEqual({
      person: { callMe: null },
    });
    expect((await graph.run('{ person { callMe } }', { caller: callerWith('phone') })).data).toEqual({
      person: { callMe: 'call phone' },
    });
  });

  it('is left out where it has an argument of what the caller may not read', async () => {
    const shelves: SmallSubgraph = {
      name: 'shelves',
      typeDefs: `type Query { shelf: Shelf }
        type Shelf @context(name: "shelf") { secret: String @requiresScopes(scopes: [["secret"]]) book: Book }
        type Book @key(fields: "id") { id: ID! title: String
          label(of: String @fromContext(field: "$shelf { secret }")): String @requiresScopes(scopes: [["secret"]]) }`,
      resolvers: {
        Query: { shelf: () => ({ secret: 'a secret', book: { id: 'b', title: 'Tides' } }) },
        Book: {
          __resolveReference: (book: object) => book,
          label: (_: unknown, { of }: { of: string }) => `label of ${of}`,
        },
      },
    };
    // as it was composed when this was not looked at
    const guard = /(label: String @join__field\(.*\)) @requiresScopes\(scopes: \[\["secret"\]\]\)/;
    const { supergraph, run } = await smallGraph([shelves], undefined, {}, (sdl) => sdl.replace(guard, '$1'));
    expect(supergraph.match(/@requiresScopes\(/g)).toHaveLength(2);
    const query = '{ shelf { book { title label } } }';
    expect((await run(query, { caller: callerWith() })).data).toEqual({
      shelf: { book: { title: 'Tides', label: null } },
    });
    expect((await run(query, { caller: callerWith('secret') })).data).toEqual({
      shelf: { book: { title: 'Tides', label: 'label of a secret' } },
    });
  });

  it('is left out of each type behind an interface where an interface object @requires what the caller may not read', async () => {
    const pupils: SmallSubgraph = {
      name: 'pupils',
      typeDefs: `type Query { people: [Person!]! }
        interface Person @key(fields: "id") { id: ID! phone: String }
        type Pupil implements Person @key(fields: "id") { id: ID! phone: String @requiresScopes(scopes: [["phone"]]) }`,
      resolvers: {
        Query: { people: () => [{ __typename: 'Pupil', id: 'p', phone: 'a phone' }] },
        Pupil: { __resolveReference: () => ({ id: 'p', phone: 'a phone' }) },
      },
    };
    const calls: SmallSubgraph = {
      name: 'calls',
      typeDefs: `type Person @key(fields: "id") @interfaceObject { id: ID! phone: String @external
        callMe: String @requires(fields: "phone") @requiresScopes(scopes: [["phone"]]) }`,
      resolvers: {
        Person: {
          __resolveReference: (person: object) => person,
          callMe: ({ phone }: { phone: string }) => `call ${phone}`,
        },
      },
    };
    // as it was composed when neither was looked at
    const guard = /(callMe: String) @requiresScopes\(scopes: \[\["phone"\]\]\)|(callMe: .*) @requiresScopes\(.*\)/g;
    const alter = (sdl: string) => sdl.replace(guard, '$1$2');
    const { supergraph, run } = await smallGraph([pupils, calls], undefined, {}, alter);
    expect(supergraph).not.toMatch(/callMe.*@requiresScopes/);
    for (const query of ['{ people { id callMe } }', '{ people { id ... on Pupil { callMe } } }']) {
      expect((await run(query, { caller: callerWith() })).data).toEqual({ people: [{ id: 'p', callMe: null }] });
      expect((await run(query, { caller: callerWith('phone') })).data).toEqual({
        people: [{ id: 'p', callMe: 'call a phone' }],
      });
    }
  });

  it('leaves the place where nothing else was asked', async () => {
    const result = await graph.run('{ people { phone } }', { caller: callerWith() });
    expect(result.data).toEqual({ people: [{ phone: null }, { phone: null }] });
  });

  it('does nothing where a mutation is not the caller’s', async () => {
    graph.asked.length = 0;
    const result = await graph.run('mutation { rename(name: "x") { name } }', { caller: callerWith() });
    expect(result.data).toEqual({ rename: null });
    expect(graph.asked).toEqual([]);
  });
});

/** A key that needs a scope, by which what needs none is fetched: once one that may be null, once one that may not. */
const badges = [
  {
    name: 'badges',
    typeDefs: `type Query { badge: Badge pass: Pass }
      type Badge @key(fields: "code") { code: ID @requiresScopes(scopes: [["code"]]) colour: String }
      type Pass @key(fields: "number") { number: ID! @requiresScopes(scopes: [["code"]]) }`,
    resolvers: { Query: { badge: () => ({ code: 'B1', colour: 'red' }), pass: () => ({ number: 'P1' }) } },
  },
  {
    name: 'visits',
    typeDefs: `type Badge @key(fields: "code") { code: ID visits: Int }
      type Pass @key(fields: "number") { number: ID! visits: Int }`,
    resolvers: {
      Badge: { __resolveReference: (reference: object) => reference, visits: () => 3 },
      Pass: { __resolveReference: (reference: object) => reference, visits: () => 4 },
    },
  },
];

describe('a key that the caller may not read', async () => {
  const { run, asked } = await smallGraph(badges);

  it.each([
    ['null', '{ badge { code colour visits } }', { badge: { code: null, colour: 'red', visits: 3 } }],
    ['null, by another name', '{ badge { id: code visits } }', { badge: { id: null, visits: 3 } }],
    ['nothing where it may not be null', '{ pass { number visits } }', { pass: null }],
  ])('is fetched for the others’ sake, and answers %s', async (_what, query, data) => {
    asked.length = 0;
    const result = await run(query, { caller: callerWith() });
    expect(result.data).toEqual(data);
    expect(asked.map(({ subgraph }) => subgraph)).toEqual(['badges', 'visits']);
    expect(errorsOf(result)).toHaveLength(1);
  });
});

describe('the ways to write it', () => {
  it.each([
    ['alias', '{ person { name: phone } }', { person: { name: null } }],
    ['named fragment', '{ person { ...F } } fragment F on Person { phone }', { person: { phone: null } }],
    [
      'nested fragment',
      '{ person { ...F } } fragment F on Person { ...G } fragment G on Person { phone }',
      { person: { phone: null } },
    ],
    ['inline fragment', '{ person { ... { phone } } }', { person: { phone: null } }],
    ['interface', '{ node { ... on Person { phone } } }', { node: { phone: null } }],
    ['@include', 'query ($on: Boolean = true) { person { phone @include(if: $on) } }', { person: { phone: null } }],
    ['two aliases', '{ person { a: phone b: phone } }', { person: { a: null, b: null } }],
    ['several operations', 'query A { person { phone } } query B { person { name } }', { person: { phone: null } }],
  ])('%s does not reach it', async (_way, query, data) => {
    const result = await graph.run(query, {
      caller: callerWith(),
      operationName: query.includes('query A') ? 'A' : (undefined as never),
    });
    expect(result.data).toEqual(data);
    expect(errorsOf(result).every(({ extensions }) => extensions.code === 'UNAUTHORIZED_FIELD_OR_TYPE')).toBe(true);
  });

  it('keeps one response key under two fragments apart', async () => {
    const query = '{ people { pet { ... on Dog { phone } } ... on Person { tel: phone } } }';
    const result = await graph.run(query, { caller: callerWith() });
    expect(result.data).toEqual({
      people: [
        { pet: { phone: 'phone of dog' }, tel: null },
        { pet: { phone: 'phone of dog' }, tel: null },
      ],
    });
  });

  it('a field that @skip leaves out is left out', async () => {
    const result = await graph.run('query ($no: Boolean!) { person { name phone @skip(if: $no) } }', {
      caller: callerWith(),
      variables: { no: true },
    });
    expect(result.data).toEqual({ person: { name: 'name 1' } });
  });
});

describe('two callers with different rights and the same text', () => {
  const query = '{ people { name phone } }';
  const may = callerWith('phone');
  const mayNot = callerWith();
  const phones = (result: Awaited<ReturnType<typeof graph.run>>) =>
    (result.data as { people: { phone: string | null }[] }).people.map(({ phone }) => phone);

  it.each([
    ['the one who may first', [may, mayNot, may]],
    ['the one who may not first', [mayNot, may, mayNot]],
  ])('never get each other’s plan: %s', async (_order, callers) => {
    const fresh = await smallGraph([people, scores]);
    for (const caller of callers)
      expect(phones(await fresh.run(query, { caller }))).toEqual(caller === may ? ['phone', 'phone'] : [null, null]);
  });

  it('never get each other’s answer in the same tick', async () => {
    const fresh = await smallGraph([people, scores]);
    const results = await Promise.all([may, mayNot, may, mayNot].map((caller) => fresh.run(query, { caller })));
    expect(results.map(phones)).toEqual([
      ['phone', 'phone'],
      [null, null],
      ['phone', 'phone'],
      [null, null],
    ]);
  });
});

describe('a supergraph', () => {
  it('is not served where it asks for a security feature that is not enforced here', () => {
    const sdl = composed([people, scores]).replace(
      'https://specs.apollo.dev/requiresScopes/v0.1',
      'https://specs.apollo.dev/vault/v0.1',
    );
    expect(() => readSupergraph(sdl)).toThrow(
      /security features that this gateway does not enforce: https:\/\/specs.apollo.dev\/vault/,
    );
  });

  it('keeps its directives for other routers, and hands the planner a copy without for: SECURITY', () => {
    const { sdl, plannerSdl } = readSupergraph(composed([people, scores]));
    expect(sdl).toContain('requiresScopes/v0.1", for: SECURITY');
    expect(plannerSdl).not.toContain('requiresScopes/v0.1", for: SECURITY');
    expect(plannerSdl).toContain('@requiresScopes(scopes: [["phone"]])');
  });
});
