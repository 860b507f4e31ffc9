import type { World } from '../world.ts';

const ROOMS = [
  { __typename: 'Room', id: 'r1', seats: 30, name: 'Physics', equipment: { count: 3 } },
  { __typename: 'Room', id: 'r2', seats: null, name: 'Hall', equipment: null },
];

/** What one subgraph answered once is another's now; the first one still would, and wrongly. */
export const overridden: World = {
  name: 'overridden fields',
  trap: 'a field that was taken over is asked of its new owner, from a query of the old one, too',
  things: ROOMS,
  fields: {
    Query: {
      rooms: () => ROOMS,
      room: (_, { id }) => ROOMS.find((each) => each.id === id) ?? null,
      free: () => ROOMS[1],
    },
    Room: { sign: ({ seats, name }) => `${name}: ${seats}` },
  },
  whole: { Room: { sign: ({ seats, name }) => `${name}: ${seats}` } },
  subgraphs: [
    {
      name: 'old',
      typeDefs: `
        type Query { rooms: [Room!]! room(id: ID!): Room }
        type Room @key(fields: "id") { id: ID! seats: Int name: String equipment: Equipment }
        type Equipment @shareable { count: Int }
      `,
      fields: { Room: { seats: () => -1, equipment: () => ({ count: -1 }) }, Query: { room: () => null } },
    },
    {
      name: 'new',
      typeDefs: `
        type Query { free: Room room(id: ID!): Room @override(from: "old") }
        type Room @key(fields: "id") {
          id: ID!
          seats: Int @override(from: "old")
          equipment: Equipment @override(from: "old")
        }
        type Equipment @shareable { count: Int }
      `,
    },
    {
      name: 'signs',
      typeDefs: `
        type Room @key(fields: "id") {
          id: ID!
          seats: Int @external
          name: String @external
          sign: String @requires(fields: "name seats")
        }
      `,
    },
  ],
};
