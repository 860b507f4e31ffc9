import type { World } from '../world.ts';

const LAMPS = [
  { __typename: 'Lamp', id: 'l1', watts: 40, shade: 'DARK', room: 'Hall', age: 3 },
  { __typename: 'Lamp', id: 'l2', watts: null, shade: 'LIGHT', room: null, age: null },
];
const wrong = () => -1;

/** Of a field that moves, one subgraph knows the value; the other would answer, and wrongly. */
export const movingFields: World = {
  name: 'fields that move',
  trap: 'a field under a label is asked of the new subgraph where its share is all, and of the old one where it is none',
  things: LAMPS,
  fields: {
    Query: {
      lamps: () => LAMPS,
      lamp: (_, { id }) => LAMPS.find((each) => each.id === id) ?? null,
      best: () => LAMPS[1],
    },
  },
  subgraphs: [
    {
      name: 'old',
      typeDefs: `
        type Query { lamps: [Lamp!]! lamp(id: ID!): Lamp }
        type Lamp @key(fields: "id") { id: ID! watts: Int age: Int room: String }
      `,
      fields: { Lamp: { watts: wrong } },
    },
    {
      name: 'new',
      typeDefs: `
        type Query { best: Lamp }
        type Lamp @key(fields: "id") {
          id: ID!
          watts: Int @override(from: "old", label: "percent(100)")
          age: Int @override(from: "old", label: "percent(0)")
          room: String @override(from: "old", label: "by-hand")
          shade: String
        }
      `,
      fields: { Lamp: { age: wrong, room: () => 'nowhere' } },
    },
  ],
};
