import type { World } from '../world.ts';

const OWNERS = {
  person: { __typename: 'Person', id: 'n1', name: 'Ada', born: 1901 },
  firm: { __typename: 'Firm', id: 'n2', name: 'Quill & Co', number: '77' },
};
const HOUSES = [
  { id: 'h1', floors: 2, owner: OWNERS.person, plan: { rooms: [{ area: 10 }, { area: 12 }], note: 'old' } },
  { id: 'h2', floors: null, owner: OWNERS.firm, plan: { rooms: [{ area: null }], note: null } },
  { id: 'h3', floors: 1, owner: null, plan: null },
].map((each) => ({ __typename: 'House', ...each }));

const sum = (values: readonly unknown[]) => values.reduce((total: number, each) => total + Number(each ?? 0), 0);

interface Plan {
  rooms: { area: number | null }[];
}

/** One field requires another, which requires another; one all of a list; one what is behind an interface. */
export const requiresChains: World = {
  name: 'chains of requires',
  trap: 'each step has what the step before it has found out, through lists, nulls and types behind an interface',
  things: [...HOUSES, ...Object.values(OWNERS)],
  fields: {
    Query: { houses: () => HOUSES, house: (_, { id }) => HOUSES.find((each) => each.id === id) ?? null },
    House: {
      area: ({ plan }) => (plan ? sum((plan as Plan).rooms.map(({ area }) => area)) : null),
      price: ({ area, floors }) => `${area} on ${floors}`,
      tax: ({ price }) => (price === undefined ? null : `tax on ${price}`),
      letter: ({ owner, tax }) => `${JSON.stringify(readOwner(owner))} owes ${tax}`,
    },
  },
  whole: {
    House: {
      area: (house) => areaOf(house),
      price: (house) => priceOf(house),
      tax: (house) => `tax on ${priceOf(house)}`,
      letter: (house) => `${JSON.stringify(readOwner(house.owner))} owes tax on ${priceOf(house)}`,
    },
  },
  subgraphs: [
    {
      name: 'register',
      typeDefs: `
        type Query { houses: [House!]! house(id: ID!): House }
        type House @key(fields: "id") { id: ID! floors: Int owner: Owner plan: Plan }
        interface Owner { id: ID! name: String }
        type Person implements Owner @key(fields: "id") { id: ID! name: String born: Int }
        type Firm implements Owner @key(fields: "id") { id: ID! name: String number: String }
        type Plan { rooms: [Room!]! note: String }
        type Room { area: Int }
      `,
    },
    {
      name: 'survey',
      typeDefs: `
        type House @key(fields: "id") {
          id: ID!
          plan: Plan @external
          area: Int @requires(fields: "plan { rooms { area } }")
        }
        type Plan @external { rooms: [Room!]! }
        type Room @external { area: Int }
      `,
    },
    {
      name: 'market',
      typeDefs: `
        type House @key(fields: "id") {
          id: ID!
          floors: Int @external
          area: Int @external
          price: String @requires(fields: "area floors")
        }
      `,
    },
    {
      name: 'council',
      typeDefs: `
        type House @key(fields: "id") {
          id: ID!
          price: String @external
          owner: Owner @external
          tax: String @requires(fields: "price")
          letter: String @requires(fields: "price owner { name ... on Person { born } ... on Firm { number } }")
        }
        interface Owner { id: ID! name: String }
        type Person implements Owner @key(fields: "id") { id: ID! name: String @external born: Int @external }
        type Firm implements Owner @key(fields: "id") { id: ID! name: String @external number: String @external }
      `,
      fields: {
        House: { letter: ({ owner, price }) => `${JSON.stringify(readOwner(owner))} owes tax on ${price}` },
      },
    },
  ],
};

function areaOf({ plan }: Readonly<Record<string, unknown>>): number | null {
  return plan ? sum((plan as Plan).rooms.map(({ area }) => area)) : null;
}

const priceOf = (house: Readonly<Record<string, unknown>>): string => `${areaOf(house)} on ${house.floors}`;

/** What the letter is addressed by: every field of one type, in one order, and none of another. */
function readOwner(owner: unknown): unknown {
  if (typeof owner !== 'object' || owner === null) return null;
  const { name, born, number } = owner as Readonly<Record<string, unknown>>;
  return [name, born ?? null, number ?? null];
}
