/** A graph that has nothing to do with schools: five subgraphs that use most of what Federation 2 has. */
import type { PlainSubgraph } from './plain-subgraphs.ts';

const federation = (...imports: string[]): string =>
  `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ${JSON.stringify(imports)})\n`;

const AUTHORS = [
  { id: 'a1', name: 'Ida Quill', born: 1901 },
  { id: 'a2', name: 'Tom Inkwell', born: null },
];
const BOOKS = [
  { __typename: 'Book', id: 'b1', isbn: '111', title: 'Tides', genre: 'NOVEL', weightGrams: 300, author: 'a1' },
  { __typename: 'Book', id: 'b2', isbn: '222', title: 'Ash', genre: 'POETRY', weightGrams: 90, author: 'a2' },
];
const FILMS = [{ __typename: 'Film', id: 'f1', title: 'Tides, the film', minutes: 104, author: 'a1' }];
const ITEMS = [...BOOKS, ...FILMS];

const byId = (id: string) => ITEMS.find((item) => item.id === id) ?? null;
const fails = (message: string) => () => {
  throw new Error(message);
};

const catalogue: PlainSubgraph = {
  name: 'catalogue',
  typeDefs: `${federation('@key', '@shareable', '@inaccessible', '@tag', '@override', '@external', '@provides')}
    """
    Where a search
    begins.
    """
    type Query {
      items: [Item!]!
      item(id: ID!): Item
      books(genre: Genre = NOVEL): [Book!]!
      search(text: String!): [Found!]!
      echo(json: Json, matrix: [[Int!]!]): Json
      filtered(by: Json = { a: [1, { b: null }] }): Json
      version: String! @shareable
      flaky: Flaky
      flakies: [Flaky]!
      strict: Strict!
      genres: [Genre]!
      shelf: [Kept]!
    }
    union Kept = Book | Box
    type Box @inaccessible { label: String }
    type Mutation { rename(input: Rename!): Item  reset: Boolean! }
    type Subscription { added: Item }
    interface Item @key(fields: "id") { id: ID! title: String! }
    type Book implements Item @key(fields: "id") @key(fields: "isbn") {
      id: ID! isbn: String! title: String! genre: Genre weightGrams: Int @tag(name: "staff")
      shelfCode: String @inaccessible
      author: Author @provides(fields: "name")
    }
    type Film implements Item @key(fields: "id") { id: ID! title: String! minutes: Int }
    type Author @key(fields: "id") { id: ID! name: String! @external }
    union Found = Book | Film | Author
    enum Genre { NOVEL POETRY DRAFT @inaccessible }
    scalar Json @specifiedBy(url: "https://www.rfc-editor.org/rfc/rfc8259")
    input Rename { id: ID!  title: String!  reason: Reason = { text: "none" } }
    input Reason { text: String! }
    type Flaky { fine: String  broken: String  brokenStrict: String!  inner: Flaky }
    type Strict { always: String! }
  `,
  resolvers: {
    Query: {
      items: () => ITEMS,
      item: (_: unknown, { id }: { id: string }) => byId(id),
      books: (_: unknown, { genre }: { genre: string }) => BOOKS.filter((book) => book.genre === genre),
      search: (_: unknown, { text }: { text: string }) => [
        ...ITEMS.filter(({ title }) => title.includes(text)),
        ...AUTHORS.filter(({ name }) => name.includes(text)).map((author) => ({ __typename: 'Author', ...author })),
      ],
      echo: (_: unknown, given: { json?: unknown; matrix?: unknown }) => given.json ?? given.matrix ?? null,
      filtered: (_: unknown, { by }: { by?: unknown }) => by ?? null,
      version: () => 'catalogue',
      flaky: () => ({ fine: 'fine', inner: { fine: 'inner' } }),
      flakies: () => [{ fine: 'first' }, { fine: 'second' }],
      strict: fails('strict'),
      genres: () => ['NOVEL', 'DRAFT'],
      shelf: () => [BOOKS[0], { __typename: 'Box', label: 'a secret of the subgraph' }],
    },
    Mutation: {
      rename: (_: unknown, { input }: { input: { id: string; title: string; reason: { text: string } } }) => {
        const item = byId(input.id);
        return item && { ...item, title: `${input.title} (${input.reason.text})` };
      },
      reset: () => true,
    },
    Item: {
      __resolveType: ({ __typename }: { __typename: string }) => __typename,
      __resolveReference: ({ id }: { id: string }) => byId(id),
    },
    Book: {
      __resolveReference: ({ id, isbn }: { id?: string; isbn?: string }) =>
        BOOKS.find((book) => book.id === id || book.isbn === isbn) ?? null,
      author: ({ author }: { author: string }) => AUTHORS.find(({ id }) => id === author),
    },
    Film: { __resolveReference: ({ id }: { id: string }) => FILMS.find((film) => film.id === id) ?? null },
    Kept: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    Found: { __resolveType: ({ __typename }: { __typename: string }) => __typename },
    Flaky: {
      broken: fails('a secret of the subgraph'),
      brokenStrict: fails('a secret of the subgraph'),
      inner: (flaky: { inner?: unknown }) => flaky.inner ?? null,
    },
    Strict: { always: () => 'always' },
  },
};

const people: PlainSubgraph = {
  name: 'people',
  typeDefs: `${federation('@key', '@shareable', '@override')}
    type Query { authors: [Author!]!  version: String! @shareable }
    type Author @key(fields: "id") { id: ID! name: String! @shareable  born: Int  pseudonym: String! }
  `,
  resolvers: {
    Query: { authors: () => AUTHORS, version: () => 'people' },
    Author: {
      __resolveReference: ({ id }: { id: string }) => AUTHORS.find((author) => author.id === id) ?? null,
      // one has none, where each must have one
      pseudonym: ({ id }: { id: string }) => (id === 'a1' ? 'I. Q.' : null),
    },
  },
};

const shipping: PlainSubgraph = {
  name: 'shipping',
  typeDefs: `${federation('@key', '@requires', '@external', '@override')}
    type Book @key(fields: "isbn") {
      isbn: String!
      weightGrams: Int @external
      postage: Int @requires(fields: "weightGrams")
      inStock: Int!
      genre: Genre @override(from: "catalogue")
    }
    enum Genre { NOVEL POETRY DRAFT }
  `,
  resolvers: {
    Book: {
      __resolveReference: (reference: { isbn: string }) => (reference.isbn === '222' ? null : reference),
      postage: ({ weightGrams }: { weightGrams?: number }) => (weightGrams ?? 0) / 10,
      inStock: () => 7,
      genre: () => 'NOVEL',
    },
  },
};

const reviews: PlainSubgraph = {
  name: 'reviews',
  typeDefs: `${federation('@key', '@interfaceObject', '@shareable')}
    type Query { bestReviewed: Item  lostReviewed: Item }
    type Item @key(fields: "id") @interfaceObject { id: ID!  stars: Float  reviews: [Review!]! }
    type Review { text: String!  by: Author }
    type Author @key(fields: "id", resolvable: false) { id: ID! }
    type Mutation { review(id: ID!, text: String!): Review! }
  `,
  resolvers: {
    Query: { bestReviewed: () => ({ id: 'f1' }), lostReviewed: () => ({ id: 'lost' }) },
    Item: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      stars: ({ id }: { id: string }) => (id === 'b2' ? null : 4.5),
      reviews: ({ id }: { id: string }) => (id === 'b1' ? [{ text: 'Wet.', by: { id: 'a2' } }, { text: 'Long.' }] : []),
    },
    Mutation: { review: (_: unknown, { text }: { text: string }) => ({ text, by: { id: 'a1' } }) },
  },
};

/** Written for Federation 1, and composed with the others. */
const loans: PlainSubgraph = {
  name: 'loans',
  typeDefs: `
    extend type Query { loans: [Loan!]! }
    type Loan { book: Book!  due: String! }
    extend type Book @key(fields: "isbn") { isbn: String! @external  loans: [Loan!]! }
  `,
  resolvers: {
    Query: {
      loans: () => [
        { book: { isbn: '111' }, due: '2027-01-08' },
        { book: { isbn: '999' }, due: '2027-01-09' },
      ],
    },
    Book: { loans: ({ isbn }: { isbn: string }) => [{ book: { isbn }, due: '2027-01-08' }] },
  },
};

export const LIBRARY: readonly PlainSubgraph[] = [catalogue, people, shipping, reviews, loans];
