import type { World } from '../world.ts';

const TOWNS = [
  { __typename: 'Town', code: 1, name: 'Exmouth', height: 4.5 },
  { __typename: 'Town', code: 2, name: 'Llanfair\nPwll', height: null },
];
const AUTHORS = [
  { __typename: 'Author', id: 'a', name: 'Siân “S.” Rees', age: 40, town: TOWNS[0] },
  { __typename: 'Author', id: 'b"\\', name: 'Tab\there \u{1F600}', age: null, town: TOWNS[1] },
  { __typename: 'Author', id: 'c', name: null, age: 0, town: null },
];
const BOOKS = ['one', 'two', 'three', 'four'].map((title, index) => ({
  __typename: 'Book',
  id: `book-${index}`,
  title,
  isbn: index === 3 ? null : `978-${index}`,
  author: AUTHORS[index % 3],
  editor: index === 2 ? null : AUTHORS[(index + 1) % 3],
  stars: index === 1 ? [] : [index, 5],
  quotes: [{ __typename: 'Quote', text: `“${title}”`, by: AUTHORS[0] }],
  place: index === 3 ? null : { __typename: 'Place', shelf: index, row: 'A' },
}));

/** Entities in lists of entities, known by several subgraphs, none of which is told more than a key. */
export const shelves: World = {
  name: 'shelves',
  trap: 'what subgraphs say of one thing stands in the order in which it was asked, whoever says it',
  things: [...TOWNS, ...AUTHORS, ...BOOKS],
  fields: {
    Query: {
      books: () => BOOKS,
      boxes: () => [[BOOKS[0], null], [], null, [BOOKS[2], BOOKS[0]]],
      first: () => BOOKS[0],
      me: () => AUTHORS[1],
    },
  },
  subgraphs: [
    {
      name: 'catalogue',
      typeDefs: `
        type Query { books: [Book!]! boxes: [[Book]] first: Book! }
        type Book @key(fields: "id") { id: ID! title: String! isbn: String author: Author! editor: Author place: Place }
        type Place { shelf: Int! row: Row }
        enum Row { A B }
        type Author @key(fields: "id", resolvable: false) { id: ID! }
      `,
    },
    {
      name: 'people',
      typeDefs: `
        type Query { me: Author }
        type Author @key(fields: "id") { id: ID! name: String age: Int town: Town }
        type Town @key(fields: "code", resolvable: false) { code: Int! }
      `,
    },
    { name: 'geography', typeDefs: 'type Town @key(fields: "code") { code: Int! name: String! height: Float }' },
    {
      name: 'reviews',
      typeDefs: `
        type Book @key(fields: "id") { id: ID! stars: [Int!] quotes: [Quote!]! }
        type Quote { text: String! by: Author }
        type Author @key(fields: "id", resolvable: false) { id: ID! }
      `,
    },
  ],
};
