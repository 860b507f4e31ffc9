import type { World } from '../world.ts';

const CUSTOMERS = [
  { __typename: 'Customer', id: 'c1', tier: 'GOLD', since: 1999, address: { town: 'York', zone: { code: 3 } } },
  { __typename: 'Customer', id: 'c2', tier: null, since: null, address: null },
];
const [gold, plain] = CUSTOMERS;
const PRODUCTS = [
  { __typename: 'Product', maker: { code: 'A' }, sku: '1', price: 10, weight: 2 },
  { __typename: 'Product', maker: { code: 'B' }, sku: '1', price: null, weight: 5 },
];
const [desk, chair] = PRODUCTS;
const ORDERS = [
  {
    id: 'o1',
    customer: gold,
    lines: [
      { count: 2, product: desk },
      { count: 1, product: chair },
      { count: 1, product: desk },
    ],
    parcels: [[{ count: 1, product: desk }, null], null, []],
  },
  {
    id: 'o2',
    customer: plain,
    lines: [
      { count: null, product: null },
      { count: 3, product: chair },
    ],
    parcels: null,
  },
  { id: 'o3', customer: null, lines: [], parcels: [[{ count: 2, product: chair }]] },
].map((each) => ({ __typename: 'Order', ...each }));

interface Line {
  count: number | null;
  product: { price: number | null; weight: number | null } | null;
}
type Parcels = ((Line | null)[] | null)[] | null;

const order = (id: unknown) => ORDERS.find((each) => each.id === id) ?? null;
const sum = (lines: readonly Line[], of: 'price' | 'weight') =>
  lines.reduce((total, { count, product }) => total + (count ?? 0) * (product?.[of] ?? 0), 0);
const tierOf = (customer: unknown) => (customer as { tier: string | null } | null)?.tier ?? null;
const zoneOf = (customer: unknown) =>
  (customer as { address: { zone: { code: number } } | null } | null)?.address?.zone.code ?? null;

/** What is required stands in others' entities: in a list, in a list of lists, under a key of two levels, or at hand. */
export const orders: World = {
  name: 'orders',
  trap: 'what is required of other entities is collected through lists with nulls and repetitions, or taken where provided',
  things: [...ORDERS, ...CUSTOMERS, ...PRODUCTS],
  fields: {
    Query: {
      orders: () => ORDERS,
      order: (_, { id }) => order(id),
      last: () => order('o2'),
      late: () => [order('o3'), order('o1'), null, order('o1')],
      dearest: () => desk,
    },
    Order: {
      total: ({ lines }) => sum(lines as Line[], 'price'),
      discount: ({ customer }, { rate }) => (tierOf(customer) === 'GOLD' ? rate : 0),
      postage: ({ lines, customer }) => `${sum(lines as Line[], 'weight')} to ${zoneOf(customer)}`,
      load: ({ parcels }) =>
        (parcels as Parcels)?.map(
          (each) =>
            each &&
            sum(
              each.flatMap((line) => line ?? []),
              'weight',
            ),
        ) ?? null,
      note: ({ id }) => `note on ${id}`,
    },
    Customer: { orders: ({ id }) => ORDERS.filter(({ customer }) => customer?.id === id) },
    Product: { tax: ({ price, weight }) => `${price}/${weight}` },
  },
  subgraphs: [
    {
      name: 'orders',
      typeDefs: `
        type Query { orders: [Order!]! order(id: ID!): Order last: Order @provides(fields: "customer { tier }") }
        type Order @key(fields: "id") { id: ID! customer: Customer lines: [Line!]! parcels: [[Line]] }
        type Line { count: Int product: Product }
        type Customer @key(fields: "id") { id: ID! tier: Tier @external orders: [Order!]! }
        type Product @key(fields: "maker { code } sku") { maker: Maker! sku: String! }
        type Maker @shareable { code: String! }
        enum Tier { GOLD SILVER }
      `,
    },
    {
      name: 'customers',
      typeDefs: `
        type Customer @key(fields: "id") { id: ID! tier: Tier @shareable since: Int address: Address }
        type Address { town: String zone: Zone! }
        type Zone { code: Int }
        enum Tier { GOLD SILVER }
      `,
    },
    {
      name: 'products',
      typeDefs: `
        type Query { dearest: Product }
        type Product @key(fields: "sku maker { code }") { maker: Maker! sku: String! price: Int }
        type Maker @shareable { code: String! }
      `,
    },
    {
      name: 'weights',
      typeDefs: `
        type Product @key(fields: "maker { code } sku") {
          maker: Maker! sku: String!
          weight: Int
          price: Int @external
          tax: String @requires(fields: "price")
        }
        type Maker @shareable { code: String! }
      `,
    },
    {
      name: 'sums',
      typeDefs: `
        type Query { late: [Order]! }
        type Order @key(fields: "id") {
          id: ID!
          customer: Customer @external
          lines: [Line!]! @external
          parcels: [[Line]] @external
          total: Int! @requires(fields: "lines { count product { price } }")
          discount(rate: Float = 0.5): Float @requires(fields: "customer { tier }")
          postage: String @requires(fields: "lines { count product { weight } } customer { address { zone { code } } }")
          load: [Int] @requires(fields: "parcels { count product { weight } }")
          note: String
        }
        type Line @external { count: Int product: Product }
        type Customer @key(fields: "id", resolvable: false) { id: ID! tier: Tier @external address: Address @external }
        type Address @external { zone: Zone! }
        type Zone @external { code: Int }
        type Product @key(fields: "maker { code } sku", resolvable: false) {
          maker: Maker! sku: String! price: Int @external weight: Int @external
        }
        type Maker @shareable { code: String! }
        enum Tier { GOLD SILVER }
      `,
    },
  ],
};
