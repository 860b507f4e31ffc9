import type { World } from '../world.ts';

const RATES = { EUR: 1, GBP: 0.8, USD: 1.1 } as const;

const GOODS = [
  { id: 'g1', base: 10, weight: 2, size: { height: 1, width: 2 }, origin: { id: 'o1' } },
  { id: 'g2', base: 0, weight: null, size: null, origin: null },
  { id: 'g3', base: 25, weight: 7, size: { height: 3, width: null }, origin: { id: 'o2' } },
].map((each) => ({ __typename: 'Good', ...each }));
const ORIGINS = [
  { __typename: 'Origin', id: 'o1', country: 'FR', customs: 3 },
  { __typename: 'Origin', id: 'o2', country: 'JP', customs: null },
];

const priceOf = (base: unknown, currency: unknown): number | null =>
  base === 0 ? null : Math.round(Number(base) * RATES[currency as keyof typeof RATES] * 100);

/** A field is required with arguments of its own, while clients ask for it with theirs. */
export const requiresArguments: World = {
  name: 'requires with arguments',
  trap: 'what a field requires is fetched with its own arguments, whatever a client asks of the same field',
  things: [...GOODS, ...ORIGINS],
  fields: {
    Query: {
      goods: () => GOODS,
      good: (_, { id }) => GOODS.find((each) => each.id === id) ?? null,
    },
    Good: {
      price: ({ base }, { currency }) => priceOf(base, currency),
      tags: ({ id }, { first }) => ['new', `of ${id}`, 'wood'].slice(0, Number(first)),
      inEuros: ({ price }) => `${price} EUR`,
      inPounds: ({ price }) => `${price} GBP`,
      twoTags: ({ tags }) => (tags as string[]).join('+'),
      oneTag: ({ tags }) => (tags as string[]).join('+'),
    },
  },
  whole: {
    Good: {
      inEuros: ({ base }) => `${priceOf(base, 'EUR')} EUR`,
      inPounds: ({ base }) => `${priceOf(base, 'GBP')} GBP`,
      twoTags: ({ id }) => `new+of ${id}`,
      oneTag: () => 'new',
    },
  },
  subgraphs: [
    {
      name: 'shop',
      typeDefs: `
        type Query { goods: [Good!]! good(id: ID!): Good }
        type Good @key(fields: "id") { id: ID! price(currency: Currency = USD): Int tags(first: Int!): [String!]! }
        enum Currency { EUR GBP USD }
      `,
    },
    {
      name: 'labels',
      typeDefs: `
        type Good @key(fields: "id") {
          id: ID!
          price(currency: Currency = USD): Int @external
          tags(first: Int!): [String!]! @external
          inEuros: String @requires(fields: "price(currency: EUR)")
          twoTags: String @requires(fields: "tags(first: 2)")
        }
        enum Currency { EUR GBP USD }
      `,
    },
    {
      name: 'exports',
      typeDefs: `
        type Good @key(fields: "id") {
          id: ID!
          price(currency: Currency = USD): Int @external
          tags(first: Int!): [String!]! @external
          inPounds: String @requires(fields: "price(currency: GBP)")
          oneTag: String @requires(fields: "tags(first: 1)")
        }
        enum Currency { EUR GBP USD }
      `,
    },
  ],
};
