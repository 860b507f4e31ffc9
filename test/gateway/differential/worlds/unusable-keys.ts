import type { World } from '../world.ts';

const PARCELS = [
  { id: 'a', code: 'A1', weight: 3, fragile: true, next: 'b' },
  { id: 'b', code: 'B1', weight: 0, fragile: false, next: 'c' },
  { id: 'c', code: 'C1', weight: null, fragile: null, next: null },
].map((each) => ({ __typename: 'Parcel', ...each }));

/** A key that a subgraph states and cannot resolve stands before the one that it can: it is no way back. */
export const unusableKeys: World = {
  name: 'unusable keys',
  trap: 'after @requires a subgraph is come back to by a key that it can resolve, wherever that one is listed',
  things: PARCELS,
  fields: {
    Query: {
      sent: () => PARCELS,
      parcel: (_, { code }) => PARCELS.find((each) => each.code === code) ?? null,
    },
    Parcel: {
      postage: ({ weight }) => (typeof weight === 'number' ? weight * 2 : null),
      label: ({ weight, fragile }) => `${weight}${fragile === true ? ' fragile' : ''}`,
      next: ({ next }) => PARCELS.find(({ id }) => id === next) ?? null,
    },
  },
  subgraphs: [
    {
      name: 'post',
      typeDefs: `
        type Query { sent: [Parcel!]! parcel(code: String!): Parcel }
        type Parcel @key(fields: "id", resolvable: false) @key(fields: "code") {
          id: ID! code: String!
          weight: Int @external
          fragile: Boolean @external
          postage: Int @requires(fields: "weight")
          label: String! @requires(fields: "weight fragile")
        }
      `,
    },
    {
      name: 'scales',
      typeDefs: `
        type Parcel @key(fields: "id") @key(fields: "code") {
          id: ID! code: String! weight: Int fragile: Boolean next: Parcel
        }
      `,
    },
  ],
};
