/** What a subgraph answers is looked at before it is merged; one that gave no answer costs the places that it was for. */
import { describe, expect, it } from 'vitest';
import { callerWith, type SmallSubgraph, smallGraph } from './small-graph.ts';

const caller = callerWith();

interface Keyed {
  __typename: 'Dog' | 'Cat';
  id: string;
}

const ANIMALS: readonly Keyed[] = [
  { __typename: 'Dog', id: '1' },
  { __typename: 'Cat', id: '2' },
  { __typename: 'Dog', id: '3' },
  { __typename: 'Cat', id: '4' },
];

const animals: SmallSubgraph = {
  name: 'animals',
  typeDefs: `type Query { animals: [Animal!]! groups: [[Animal]] count: Int house: House }
    interface Animal { id: ID! }
    type Cat implements Animal @key(fields: "id") { id: ID! }
    type Dog implements Animal @key(fields: "id") { id: ID! }
    type House { cat: Cat }`,
  resolvers: {
    Query: {
      animals: () => ANIMALS,
      groups: () => [ANIMALS, [null]],
      count: () => 4,
      house: () => ({ cat: ANIMALS[1] }),
    },
  },
};

const lives: SmallSubgraph = {
  name: 'lives',
  typeDefs: `type Query { most: Int least: Int }
    type Cat @key(fields: "id") { id: ID! lives: Int names: [String!] home: Home homes: [Home!] }
    type Home { place: String }`,
  resolvers: {
    Query: { most: () => 9, least: () => 1 },
    Cat: {
      __resolveReference: (cat: Keyed) => cat,
      lives({ id }: Keyed) {
        if (id === '4') throw new Error('nobody knows');
        return 9;
      },
      home: () => ({ place: 'here' }),
      homes: () => [{ place: 'here' }],
    },
  },
};

const graphThat = (answers: (text: string) => string) =>
  smallGraph([animals, lives], (subgraph, text) => (subgraph === 'lives' ? answers(text) : text));
const whole = graphThat((text) => text);
const silent = graphThat(() => 'nothing');

type Result = Awaited<ReturnType<Awaited<typeof whole>['run']>>;
const pathsOf = ({ errors }: Result) => errors.map(({ path }) => path);

describe('a subgraph that gives no answer', () => {
  it.each([
    [
      '{ animals { id ... on Cat { lives } } }',
      [
        ['animals', 1],
        ['animals', 3],
      ],
    ],
    [
      '{ mine: animals { ...C } } fragment C on Animal { key: id ... on Cat { l: lives } }',
      [
        ['mine', 1],
        ['mine', 3],
      ],
    ],
    [
      '{ groups { id ... on Cat { lives } } }',
      [
        ['groups', 0, 1],
        ['groups', 0, 3],
      ],
    ],
    ['{ house { cat { lives } } count }', [['house', 'cat']]],
    ['{ count most a: least }', [['most'], ['a']]],
    ['query ($yes: Boolean = true) { count most @skip(if: $yes) ... @include(if: $yes) { least } }', [['least']]],
  ])('to %s is told of at each place that it was asked for', async (query, places) => {
    const result = await (await silent).run(query, { caller, variables: { yes: true } });
    expect(pathsOf(result)).toEqual(places);
    for (const { extensions } of result.errors)
      expect(extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', id: expect.any(String) });
    expect(result.data).not.toBeNull();
  });

  it('is told of once at a place, however many of its calls failed', async () => {
    const toys: SmallSubgraph = {
      name: 'toys',
      typeDefs: 'type Query { toys: Int } type Cat @key(fields: "id") { id: ID! toy: String }',
      resolvers: {},
    };
    const { run, asked } = await smallGraph([animals, lives, toys], (subgraph, text) =>
      subgraph === 'animals' ? text : 'nothing',
    );
    const result = await run('{ house { cat { lives toy } } }', { caller });
    expect(asked.map(({ subgraph }) => subgraph).sort()).toEqual(['animals', 'lives', 'toys']);
    expect(pathsOf(result)).toEqual([['house', 'cat']]);
  });
});

describe('a subgraph that gives no answer to a call for many places', () => {
  const booksOf = (shelf: number, count: number) =>
    Array.from({ length: count }, (_, index) => ({ id: `${shelf}-${index}` }));
  const many = (count: number) =>
    smallGraph(
      [
        {
          name: 'shelves',
          typeDefs:
            'type Query { shelves: [Shelf!] } type Shelf { books: [Book!] } type Book @key(fields: "id") { id: ID! }',
          resolvers: { Query: { shelves: () => [0, 1].map((shelf) => ({ books: booksOf(shelf, count) })) } },
        },
        {
          name: 'titles',
          typeDefs: 'type Book @key(fields: "id") { id: ID! title: String pages: Int! }',
          resolvers: {},
        },
      ],
      (subgraph, text) => (subgraph === 'titles' ? 'nothing' : text),
    );

  it('is told of at each of ten', async () => {
    const result = await (await many(5)).run('{ shelves { books { id title } } }', { caller });
    expect(pathsOf(result)).toEqual(
      [0, 1].flatMap((shelf) => [0, 1, 2, 3, 4].map((index) => ['shelves', shelf, 'books', index])),
    );
  });

  it('is told of at their lists where they are more', async () => {
    const result = await (await many(6)).run('{ all: shelves { books { id title } } }', { caller });
    expect(pathsOf(result)).toEqual([0, 1].map((shelf) => ['all', shelf, 'books']));
    expect(result.data?.all).toEqual(
      [0, 1].map((shelf) => ({ books: booksOf(shelf, 6).map(({ id }) => ({ id, title: null })) })),
    );
  });

  it('is told of there alone where every item is lost by it', async () => {
    const result = await (await many(100)).run('{ shelves { books { id pages } } }', { caller });
    expect(pathsOf(result)).toEqual([0, 1].map((shelf) => ['shelves', shelf, 'books']));
    expect(result.data).toEqual({ shelves: [{ books: null }, { books: null }] });
  });
});

describe('an error of a subgraph', () => {
  it('in an entity is told at that entity, among others that were not asked for', async () => {
    const result = await (await whole).run('{ animals { id ... on Cat { lives } } }', { caller });
    expect(pathsOf(result)).toEqual([['animals', 3, 'lives']]);
  });

  it('without a place is about all that was asked of it', async () => {
    const refusing = graphThat(() =>
      JSON.stringify({ data: null, errors: [{ message: 'Not you.', extensions: { code: 'FORBIDDEN' } }] }),
    );
    const { errors } = await (await refusing).run('{ animals { ... on Cat { lives } } most }', { caller });
    expect(errors.map(({ extensions, path }) => ({ code: extensions.code, path }))).toEqual(
      [['most'], ['animals', 1], ['animals', 3]].map((path) => ({ code: 'FORBIDDEN', path })),
    );
  });

  it('has none where it says null of them', async () => {
    const empty = graphThat((text) => JSON.stringify({ ...JSON.parse(text), errors: null, extensions: null }));
    const { data, errors } = await (await empty).run('{ most house { cat { names } } }', { caller });
    expect([data, errors]).toEqual([{ most: 9, house: { cat: { names: null } } }, []]);
  });

  it('is one of a thousand at the most', async () => {
    const errors = Array.from({ length: 5_000 }, () => ({ message: 'no', path: ['most'] }));
    const telling = graphThat(() => JSON.stringify({ data: { most: null }, errors }));
    expect((await (await telling).run('{ most }', { caller })).errors).toHaveLength(1_000);
  });
});

describe('an answer that is none', () => {
  const QUERY = '{ animals { id ... on Cat { lives home { place } homes { place } } } }';
  const cat = { lives: 9, home: { place: 'here' }, homes: [{ place: 'here' }] };
  const entities = (first: unknown) => ({ data: { _entities: [first, cat] } });

  it.each<[string, unknown]>([
    ['is no object', []],
    ['is a text', 'data'],
    ['is nothing', null],
    ['has no data and no error', {}],
    ['has null and no error', { data: null, errors: [] }],
    ['has data that is no object', { data: 'x' }],
    ['has data that is a list', { data: [cat, cat] }],
    ['has errors that are no list', { ...entities(cat), errors: { message: 'x' } }],
    ['has errors that say nothing', { ...entities(cat), errors: ['x'] }],
    ['has no entities', { data: {} }],
    ['has null for them', { data: { _entities: null } }],
    ['has one for them', { data: { _entities: cat } }],
    ['has too few', { data: { _entities: [cat] } }],
    ['has too many', { data: { _entities: [cat, cat, cat] } }],
    ['has a text among them', entities('cat')],
    ['has a list among them', entities([cat])],
    ['has a text for an object', entities({ ...cat, home: 'here' })],
    ['has a list for an object', entities({ ...cat, home: [cat.home] })],
    ['has an object for a list', entities({ ...cat, homes: cat.home })],
    ['has a text in a list of objects', entities({ ...cat, homes: ['here'] })],
  ])('because it %s costs its places and nothing else', async (_what, answer) => {
    const graph = await graphThat(() => JSON.stringify(answer));
    const result = await graph.run(QUERY, { caller });
    expect(pathsOf(result)).toEqual([
      ['animals', 1],
      ['animals', 3],
    ]);
    const nothing = { lives: null, home: null, homes: null };
    expect(result.data).toEqual({
      animals: ANIMALS.map(({ __typename, id }) => ({ id, ...(__typename === 'Cat' && nothing) })),
    });
  });

  it('cannot lose what another subgraph has answered, though later calls would walk into it', async () => {
    const broken = smallGraph([animals, lives], (subgraph, text) =>
      subgraph === 'animals' ? '{"data":{"animals":{"id":"1"}}}' : text,
    );
    const result = await (await broken).run('{ house { cat { lives } } }', { caller });
    expect(result.errors).toEqual([]);
    const other = await (await broken).run(
      '{ most groups { ... on Cat { lives } } animals { ... on Cat { lives } } }',
      { caller },
    );
    expect(pathsOf(other)).toEqual([['groups'], ['animals']]);
    expect(other.data).toBeNull();
  });
});
