import type { World } from '../world.ts';

const BOOK = { __typename: 'Book', id: 'b1', title: 'Tides', pages: 300 };

/** A subgraph that answers with an interface, and knows no type behind it: nothing that it could say is of any. */
export const unanswerable: World = {
  name: 'unanswerable',
  trap: 'an operation of which no subgraph can have anything is an error, and not a null without a word',
  things: [BOOK],
  fields: { Query: { shelf: () => [BOOK], top: () => BOOK } },
  subgraphs: [
    {
      name: 'shelves',
      typeDefs: `
        type Query { shelf: [Media!]! }
        interface Media { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
      `,
    },
    { name: 'tops', typeDefs: 'type Query { top: Media } interface Media { id: ID! }' },
  ],
};
