import type { World } from '../world.ts';

const WRITERS = [
  { __typename: 'Writer', id: 'w1', name: 'Ida Quill', born: 1901, home: { town: 'York', country: 'UK' } },
  { __typename: 'Writer', id: 'w2', name: null, born: null, home: null },
];
const [ida, unknown] = WRITERS;
const BOOKS = [
  { __typename: 'Book', id: 'b1', title: 'Tides', writer: ida, editors: [ida, unknown] },
  { __typename: 'Book', id: 'b2', title: 'Ash', writer: unknown, editors: [] },
  { __typename: 'Book', id: 'b3', title: null, writer: null, editors: null },
];

/** On some paths a subgraph has another's fields at hand, and on others it has not. */
export const provided: World = {
  name: 'provided fields',
  trap: 'a field is taken on the way where it is provided there, and only there',
  things: [...WRITERS, ...BOOKS],
  fields: {
    Query: {
      books: () => BOOKS,
      bestWriter: () => ida,
      found: () => [BOOKS[0], ida, null, unknown, BOOKS[2]],
    },
  },
  subgraphs: [
    {
      name: 'books',
      typeDefs: `
        type Query { books: [Book!]! bestWriter: Writer found: [Found]! @provides(fields: "... on Writer { name }") }
        union Found = Book | Writer
        type Book @key(fields: "id") {
          id: ID! title: String
          writer: Writer @provides(fields: "name home { town }")
          editors: [Writer!]
        }
        type Writer @key(fields: "id") { id: ID! name: String @external home: Home @external }
        type Home { town: String @external }
      `,
    },
    {
      name: 'writers',
      typeDefs: `
        type Writer @key(fields: "id") { id: ID! name: String @shareable born: Int home: Home @shareable }
        type Home @shareable { town: String country: String }
      `,
    },
  ],
};
