import type { World } from '../world.ts';

const SHELF = { __typename: 'Shelf', id: 'i1', label: 'Top' };

/** Whatever a client may send in, told back as it came to the subgraph. */
export const inputs: World = {
  name: 'inputs',
  trap: 'arguments come to subgraphs as they were given, left out or null, with defaults where the schema has them',
  things: [SHELF],
  fields: {
    Query: { echo: (_, args) => JSON.stringify(args), raw: (_, { json }) => json ?? null, shelf: () => SHELF },
    Shelf: { echo: (_, args) => JSON.stringify(args), raw: (_, { json }) => json ?? null },
  },
  subgraphs: [
    {
      name: 'front',
      typeDefs: `
        type Query {
          echo(text: String, number: Float, flag: Boolean = false, genre: Genre = NOVEL, filter: Filter, ids: [ID!], grid: [[Int]]): String
          raw(json: Json): Json
          shelf: Shelf
        }
        type Shelf @key(fields: "id") { id: ID! label: String }
        ${shared()}
      `,
    },
    {
      name: 'back',
      typeDefs: `
        type Shelf @key(fields: "id") {
          id: ID!
          echo(text: String! = "default", filter: Filter = { genre: POETRY }, filters: [Filter!], genre: Genre): String
          raw(json: Json = "two"): Json
        }
        ${shared()}
      `,
    },
  ],
};

function shared(): string {
  return `
    enum Genre { NOVEL POETRY }
    input Filter { genre: Genre! = NOVEL range: Range = { from: 1 } not: Filter tags: [String] }
    input Range { from: Int! to: Int }
    scalar Json
  `;
}
