import type { World } from '../world.ts';

const regions = { north: { code: 'N', name: 'North' }, south: { code: 'S', name: 'South' } };

const PRODUCTS = [
  { id: 'p1', sku: 'S-1', number: 1, region: regions.north, title: 'Desk', stock: 4, taxed: 'reduced', rating: 4.5 },
  { id: 'p2', sku: 'S-2', number: 2, region: regions.south, title: 'Chair', stock: 0, taxed: 'full', rating: null },
  { id: 'p3', sku: 'S-3', number: 1, region: regions.south, title: null, stock: null, taxed: null, rating: 2 },
].map((each) => ({ __typename: 'Product', ...each }));

/** A type under three keys, one of them of two parts and one level down; each subgraph knows another of them. */
export const severalKeys: World = {
  name: 'several keys',
  trap: 'a key is chosen by what the next subgraph can resolve, and has all of its parts',
  things: PRODUCTS,
  fields: {
    Query: {
      products: () => PRODUCTS,
      product: (_, { id }) => PRODUCTS.find((each) => each.id === id) ?? null,
      bestStocked: () => PRODUCTS[0],
      cheapest: () => PRODUCTS[2],
      taxable: () => [PRODUCTS[1], null, PRODUCTS[0], PRODUCTS[1]],
    },
    Product: { similar: ({ id }) => PRODUCTS.filter((each) => each.id !== id) },
  },
  subgraphs: [
    {
      name: 'catalogue',
      typeDefs: `
        type Query { products: [Product!]! product(id: ID!): Product cheapest: Product }
        type Product @key(fields: "id") @key(fields: "sku") @key(fields: "number region { code }") {
          id: ID! sku: String! number: Int! region: Region! title: String
        }
        type Region @shareable { code: String! name: String }
      `,
    },
    {
      name: 'stock',
      typeDefs: `
        type Query { bestStocked: Product }
        type Product @key(fields: "sku") { sku: String! stock: Int similar: [Product!]! }
      `,
    },
    {
      name: 'tax',
      typeDefs: `
        type Query { taxable: [Product]! }
        type Product @key(fields: "region { code } number") { number: Int! region: Region! taxed: String }
        type Region @shareable { code: String! }
      `,
    },
    { name: 'reviews', typeDefs: 'type Product @key(fields: "id") { id: ID! rating: Float }' },
  ],
};
