import type { World } from '../world.ts';

const SEATS = [
  { __typename: 'Seat', id: 's1', row: 4, price: 30 },
  { __typename: 'Seat', id: 's2', row: null, price: null },
];
const root = () => ({ __typename: 'Query' });

/** The root is reached again from what it gives, and each subgraph has its own name for it. */
export const renamedRoots: World = {
  name: 'renamed roots',
  trap: 'a subgraph is asked at its root whatever it calls the type of it, from further down, too',
  things: SEATS,
  fields: {
    Query: { seats: () => SEATS, best: () => SEATS[1], again: root, cheapest: () => SEATS[0], here: root },
    Mutation: {
      book: (_, { id }, { done }) => {
        done.push(`book ${id}`);
        return SEATS.find((seat) => seat.id === id) ?? null;
      },
      pay: (_, { id }, { done }) => {
        done.push(`pay ${id}`);
        return { __typename: 'Paid', query: root(), seat: SEATS[0] };
      },
    },
  },
  subgraphs: [
    {
      name: 'hall',
      hasOwnLinks: true,
      typeDefs: `
        schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) { query: RootQuery mutation: RootChange }
        type RootQuery { seats: [Seat!]! best: Seat again: RootQuery }
        type RootChange { book(id: ID!): Seat }
        type Seat @key(fields: "id") { id: ID! row: Int }
      `,
    },
    {
      name: 'till',
      typeDefs: `
        type Query { cheapest: Seat here: Query! }
        type Mutation { pay(id: ID!): Paid }
        type Paid { query: Query seat: Seat }
        type Seat @key(fields: "id") { id: ID! price: Int }
      `,
    },
  ],
};
