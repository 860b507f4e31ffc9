import type { World } from '../world.ts';

const FILES = [
  {
    __typename: 'File',
    key: 'k1',
    title: 'Plan',
    state: 'OPEN',
    secret: 'x',
    box: { label: 'red' },
    holder: { __typename: 'Desk', drawer: 1 },
  },
  {
    __typename: 'File',
    key: 'k2',
    title: 'Draft',
    state: 'DRAFT',
    secret: null,
    box: null,
    holder: { __typename: 'Safe', code: '123' },
  },
  { __typename: 'File', key: 'k3', title: null, state: null, secret: 'z', box: { label: null }, holder: null },
];

/** Keys, required fields, types and values that clients never see, and the graph runs by. */
export const inaccessible: World = {
  name: 'inaccessible',
  trap: 'what is not accessible is used between subgraphs and never answered',
  things: FILES,
  fields: {
    Query: {
      files: () => FILES,
      file: (_, { state }) => FILES.find((each) => each.state === state) ?? null,
      states: () => ['OPEN', 'DRAFT', null, 'CLOSED'],
      strictStates: () => ['OPEN', 'CLOSED'],
      holders: () => FILES.map(({ holder }) => holder),
    },
    File: {
      sealed: ({ secret }) => `sealed ${secret}`,
      boxed: ({ box }) => (box as { label?: string } | null)?.label ?? 'none',
    },
  },
  subgraphs: [
    {
      name: 'files',
      typeDefs: `
        type Query { files: [File!]! file(state: State = OPEN): File states: [State]! strictStates: [State!] holders: [Holder]! }
        type File @key(fields: "key") {
          key: ID! @inaccessible title: String state: State secret: String @inaccessible box: Box @inaccessible
          holder: Holder
        }
        type Box @inaccessible { label: String }
        enum State { OPEN CLOSED DRAFT @inaccessible }
        union Holder = Desk | Safe
        type Desk { drawer: Int }
        type Safe @inaccessible { code: String }
      `,
    },
    {
      name: 'seals',
      typeDefs: `
        type File @key(fields: "key") {
          key: ID!
          secret: String @external
          box: Box @external
          sealed: String! @requires(fields: "secret")
          boxed: String @requires(fields: "box { label }")
        }
        type Box { label: String @external }
      `,
    },
  ],
};
