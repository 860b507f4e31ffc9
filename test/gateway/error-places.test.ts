/** An error says where, in what the client asked for; one fault is one error, and every null is explained. */
import { describe, expect, it } from 'vitest';
import { guestSubgraphs, smallGuest } from './guest-graph.ts';
import { callerWith, type SmallSubgraph, smallGraph } from './small-graph.ts';

const caller = callerWith();
type Result = Awaited<ReturnType<Awaited<ReturnType<typeof smallGraph>>['run']>>;
const toldIn = ({ errors }: Result) => errors.map(({ message, path }) => ({ message, path }));

describe('a fault in a field that the planner needs and the client cannot see', () => {
  const broken = { ...smallGuest('2', 'EDIT'), guestGrant: new Error('connection lost') };
  const graph = smallGraph(guestSubgraphs([smallGuest('1', 'EDIT'), broken]));

  it.each([
    ['{ guest(id: "2") { displayName } }', ['guest']],
    ['{ mine: guest(id: "2") { name: displayName contacts } }', ['mine']],
    ['{ guest(id: "2") { ...F } } fragment F on GuestProfile { displayName }', ['guest']],
    // the client's own key of that name is another field
    ['{ guest(id: "2") { guestGrant: displayName } }', ['guest']],
    ['{ all: guests { ... { displayName } } }', ['all', 1]],
  ])('%s tells it once, at the place that was asked for', async (query, path) => {
    expect(toldIn(await (await graph).run(query, { caller }))).toEqual([{ message: 'connection lost', path }]);
  });

  it('leaves what does not need it', async () => {
    const { data } = await (await graph).run('{ guests { id displayName } }', { caller });
    expect(data).toEqual({
      guests: [
        { id: '1', displayName: 'A guest' },
        { id: '2', displayName: null },
      ],
    });
  });

  it('does not hide that another guest’s grant was refused', async () => {
    const refused = { ...smallGuest('3', 'EDIT'), guestGrant: null };
    const { run } = await smallGraph(guestSubgraphs([broken, refused]));
    const { errors } = await run('{ guests { displayName } }', { caller });
    expect(errors.map(({ path, extensions }) => ({ path, code: extensions.code }))).toEqual([
      { path: ['guests', 0], code: 'DOWNSTREAM_SERVICE_ERROR' },
      { path: ['guests', 1], code: 'GRANT_REFUSED' },
    ]);
  });
});

describe('a null where none may be', () => {
  const people: SmallSubgraph = {
    name: 'people',
    typeDefs: `type Query { people: [Person!]! } type Person @key(fields: "id") { id: ID! nick: String friend: Person }`,
    resolvers: {
      Query: { people: () => ['1', '2', '3'].map((id) => ({ id, friend: { id } })) },
      Person: {
        nick: ({ id }: { id: string }) => {
          if (id === '1') throw new Error('no nick');
          return 'Nick';
        },
      },
    },
  };
  /** Has a number for the first, breaks on the second, and does not know the third. */
  const numbers: SmallSubgraph = {
    name: 'numbers',
    typeDefs: `type Person @key(fields: "id") { id: ID! number: Int! }`,
    resolvers: {
      Person: {
        __resolveReference: async ({ id }: { id: string }) => {
          if (id === '2') throw new Error('no number');
          return id === '1' ? { id, number: 1 } : null;
        },
      },
    },
  };
  const graph = smallGraph([people, numbers]);

  it('is explained once, by the subgraph where it has said why', async () => {
    const result = await (await graph).run('{ people { nick friend { number } } }', { caller });
    expect(result.data).toEqual({
      people: [
        { nick: null, friend: { number: 1 } },
        { nick: 'Nick', friend: null },
        { nick: 'Nick', friend: null },
      ],
    });
    expect(toldIn(result)).toEqual([
      { message: 'no nick', path: ['people', 0, 'nick'] },
      { message: 'no number', path: ['people', 1, 'friend'] },
      { message: 'Cannot return null for non-nullable field Person.number.', path: ['people', 2, 'friend', 'number'] },
    ]);
  });
});

describe('a null that takes its neighbours with it', () => {
  const lists: SmallSubgraph = {
    name: 'lists',
    typeDefs: `type Query { courses: [String!]! notes: [String!]! box: Box maybe: [Box] must: Box! }
      type Box { first: String! broken: String! loose: String }`,
    resolvers: {
      Query: {
        courses: () => ['Physics'],
        notes: () => {
          throw new Error('no notes');
        },
        box: () => ({ first: 'a', loose: 'b' }),
        maybe: () => [{ first: 'a' }, { first: 'b' }],
        must: () => ({ first: 'a' }),
      },
      Box: {
        broken: () => {
          throw new Error('broken');
        },
      },
    },
  };
  const graph = smallGraph([lists]);

  it.each([
    ['{ courses notes }', null, 'no notes', ['notes']],
    ['{ first: courses second: notes third: courses }', null, 'no notes', ['second']],
    ['{ courses must { first broken } }', null, 'broken', ['must', 'broken']],
    [
      '{ courses ...F } fragment F on Query { must { ... on Box { loose first broken } } }',
      null,
      'broken',
      ['must', 'broken'],
    ],
    ['{ courses box { first broken } }', { courses: ['Physics'], box: null }, 'broken', ['box', 'broken']],
  ])('%s tells one fault once', async (query, data, message, path) => {
    const result = await (await graph).run(query, { caller });
    expect(result.data).toEqual(data);
    expect(toldIn(result)).toEqual([{ message, path }]);
  });

  it('takes those of its own place in a list, and no others', async () => {
    const result = await (await graph).run('{ courses maybe { first broken } }', { caller });
    expect(result.data).toEqual({ courses: ['Physics'], maybe: [null, null] });
    expect(toldIn(result)).toEqual([
      { message: 'broken', path: ['maybe', 0, 'broken'] },
      { message: 'broken', path: ['maybe', 1, 'broken'] },
    ]);
  });
});

describe('a field that was asked of one type, and fails of another', () => {
  const fails = (message: string) => () => {
    throw new Error(message);
  };
  const catalogue: SmallSubgraph = {
    name: 'catalogue',
    typeDefs: `type Query { media: [Media!]! }
      interface Media @key(fields: "id") { id: ID! title: String }
      type Book implements Media @key(fields: "id") { id: ID! title: String }
      type Song implements Media @key(fields: "id") { id: ID! title: String }`,
    resolvers: {
      Query: { media: () => [{ __typename: 'Book', id: 'b' }] },
      Book: { title: fails('no title') },
    },
  };
  const reviews: SmallSubgraph = {
    name: 'reviews',
    typeDefs: `type Media @key(fields: "id") @interfaceObject {
      id: ID! title: String @external stars: Int likes: Int must: Int! verdict: String @requires(fields: "title")
    }`,
    resolvers: {
      Media: {
        __resolveReference: (media: object) => media,
        stars: () => 5,
        likes: fails('no likes'),
        must: fails('no must'),
        verdict: ({ title }: { title: string | null }) => `on ${title}`,
      },
    },
  };
  const graph = smallGraph([catalogue, reviews]);

  it.each([
    ['{ media { stars ... on Song { likes } } }', { stars: 5 }],
    ['{ media { s: stars ... on Song { l: likes } ... on Book { likes: stars } } }', { s: 5, likes: 5 }],
    ['query ($no: Boolean = false) { media { stars ... on Song { likes } likes @include(if: $no) } }', { stars: 5 }],
  ])('%s: is nobody’s error', async (query, item) => {
    const result = await (await graph).run(query, { caller });
    expect(result.data).toEqual({ media: [item] });
    expect(toldIn(result)).toEqual([]);
  });

  it.each([
    ['{ media { stars ... on Song { must } } }', { stars: null }, 'no must', ['media', 0]],
    ['{ media { ... on Song { must } ... on Book { stars } } }', { stars: null }, 'no must', ['media', 0]],
    ['{ media { ... on Song { title } ... on Book { verdict } } }', { verdict: 'on null' }, 'no title', ['media', 0]],
    ['{ media { likes ... on Song { stars } } }', { likes: null }, 'no likes', ['media', 0, 'likes']],
  ])('%s: is told where it has to do with what was asked', async (query, item, message, path) => {
    const result = await (await graph).run(query, { caller });
    expect(result.data).toEqual({ media: [item] });
    expect(toldIn(result)).toEqual([{ message, path }]);
  });
});
