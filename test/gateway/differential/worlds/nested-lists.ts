import type { World } from '../world.ts';

const SEATS = ['s1', 's2', 's3', 's4'].map((id, index) => ({
  __typename: 'Seat',
  id,
  row: index % 2,
  price: 10 * index,
  taken: index === 2 ? null : index > 2,
  guests: index === 0 ? [[{ name: 'Ada' }, null], null, []] : null,
}));
const [one, two, three, four] = SEATS;

/** Lists in lists, with nulls at each level, of things that another subgraph completes. */
export const nestedLists: World = {
  name: 'lists in lists',
  trap: 'each item keeps its place, however deep, beside nulls and empty lists',
  things: SEATS,
  fields: {
    Query: {
      rows: () => [[one, null, two], null, [], [three, one]],
      strictRows: () => [[two], [one, four]],
      blocks: () => [[[four, null], null], [], null, [[one]]],
      numbers: () => [[1, null], null, [], [2.0, 3]],
      row: (_, { seats }) =>
        (seats as string[][]).map((each) => each.map((id) => SEATS.find((seat) => seat.id === id))),
    },
    Seat: { near: ({ id }) => (id === 's1' ? [[two], [null, three]] : id === 's2' ? null : []) },
  },
  subgraphs: [
    {
      name: 'hall',
      typeDefs: `
        type Query {
          rows: [[Seat]] strictRows: [[Seat!]!]! blocks: [[[Seat]]] numbers: [[Int]]
          row(seats: [[ID!]!]! = [["s1"], []]): [[Seat]!]
        }
        type Seat @key(fields: "id") { id: ID! row: Int }
      `,
    },
    {
      name: 'tickets',
      typeDefs: `
        type Seat @key(fields: "id") { id: ID! taken: Boolean near: [[Seat]!] guests: [[Guest]] }
        type Guest { name: String! }
      `,
    },
    { name: 'strict', typeDefs: 'type Seat @key(fields: "id") { id: ID! price: Int! }' },
  ],
};
