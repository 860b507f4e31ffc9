import type { World } from '../world.ts';

const BOXES = [
  { id: 'x1', label: 'A', inner: 'x2', size: 1, tags: ['a', 'b'] },
  { id: 'x2', label: 'B', inner: 'x3', size: 2, tags: [] },
  { id: 'x3', label: 'C', inner: null, size: 3, tags: ['c'] },
].map((each) => ({ __typename: 'Box', ...each }));
const box = (id: unknown) => BOXES.find((each) => each.id === id) ?? null;

/** Fields that must not be null, in things that may be, in things that must not: for faults to go up in. */
export const strictFields: World = {
  name: 'strict fields',
  trap: 'a null where none may be goes up to the nearest place that may be null, and no further',
  things: BOXES,
  fields: {
    Query: {
      boxes: () => BOXES,
      box: (_, { id }) => box(id),
      one: () => BOXES[0],
      maybe: () => [BOXES[1], null, BOXES[2]],
    },
    Box: {
      inner: ({ inner }) => box(inner),
      twin: ({ id }) => box(id),
      pair: ({ id }) => ({ left: box(id), right: box(id), both: [box(id), box('x1')] }),
      sealed: ({ size }) => `sealed ${size}`,
    },
  },
  subgraphs: [
    {
      name: 'boxes',
      typeDefs: `
        type Query { boxes: [Box!]! box(id: ID!): Box one: Box! maybe: [Box] }
        type Box @key(fields: "id") { id: ID! label: String! inner: Box pair: Pair }
        type Pair { left: Box! right: Box both: [Box!] }
      `,
    },
    {
      name: 'sizes',
      typeDefs: `type Box @key(fields: "id") { id: ID! size: Int! twin: Box! tags: [String!]! }`,
    },
    {
      name: 'seals',
      typeDefs: `
        type Box @key(fields: "id") {
          id: ID! size: Int! @external
          sealed: String! @requires(fields: "size")
        }
      `,
    },
  ],
};
