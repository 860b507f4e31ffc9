import type { World } from '../world.ts';

const USERS = [
  { __typename: 'User', id: 'u1', email: 'ada@example.org', name: 'Ada', grant: 'signed' },
  { __typename: 'User', id: 'u2', email: null, name: 'u1', grant: null },
];

/** A type of whose fields clients may make a key, by an alias. */
export const aliasedKeys: World = {
  name: 'aliased keys',
  trap: 'what a client calls `id` or `grant` is not sent on in place of the key or of what is required',
  things: USERS,
  fields: {
    Query: { user: () => USERS[0], users: () => USERS },
    User: {
      nickname: ({ id }) => `nickname of ${id}`,
      granted: ({ grant }) => `granted by ${grant}`,
    },
  },
  subgraphs: [
    {
      name: 'users',
      typeDefs: `
        type Query { user: User users: [User!]! }
        type User @key(fields: "id") { id: ID! email: String name: String grant: String @inaccessible }
      `,
    },
    {
      name: 'nicknames',
      typeDefs: `
        type User @key(fields: "id") {
          id: ID! grant: String @external nickname: String granted: String @requires(fields: "grant")
        }
      `,
    },
  ],
};
