import type { World } from '../world.ts';

const USERS = [
  { __typename: 'User', id: '1', name: 'Ada', email: 'ada@example.org', address: { line: 'High St', code: 'X1' } },
  { __typename: 'User', id: '2', name: null, email: null, address: null },
];
const ORDERS = [
  { __typename: 'Order', number: 'o1', user: USERS[0], total: 12 },
  { __typename: 'Order', number: 'o2', user: USERS[1], total: null },
  { __typename: 'Order', number: 'o3', user: null, total: 0 },
];

/** Subgraphs of Federation 1 beside one of Federation 2: types are extended, keys external, values shared unsaid. */
export const federation1: World = {
  name: 'federation 1',
  trap: 'extended types, external keys and values shared unsaid hold as they did',
  things: [...USERS, ...ORDERS],
  fields: {
    Query: {
      users: () => USERS,
      orders: () => ORDERS,
      order: (_, { number }) => ORDERS.find((each) => each.number === number) ?? null,
    },
    User: {
      orders: ({ id }) => ORDERS.filter(({ user }) => user?.id === id),
      parcel: ({ address }) => (address ? `to ${(address as { code: string }).code}` : null),
    },
  },
  subgraphs: [
    {
      name: 'users',
      hasOwnLinks: true,
      typeDefs: `
        type Query { users: [User!]! }
        type User @key(fields: "id") { id: ID! name: String address: Address }
        type Address { line: String code: String }
      `,
    },
    {
      name: 'orders',
      hasOwnLinks: true,
      typeDefs: `
        extend type Query { orders: [Order!]! order(number: ID!): Order }
        type Order @key(fields: "number") { number: ID! user: User total: Int }
        extend type User @key(fields: "id") {
          id: ID! @external
          address: Address @external
          orders: [Order!]!
          parcel: String @requires(fields: "address { code }")
        }
        type Address { line: String code: String }
      `,
    },
    { name: 'mail', typeDefs: 'type User @key(fields: "id") { id: ID! email: String }' },
  ],
};
