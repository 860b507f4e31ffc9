import type { World } from '../world.ts';

/** Written as text: in an object's own syntax such names mean something. */
const SPHERES = (
  JSON.parse(`[
    { "id": "1", "name": "one", "constructor": "Ann", "toString": "text", "then": "later", "data": 1, "errors": "none" },
    { "id": "2", "name": "two", "constructor": null, "toString": "more", "then": null, "data": null, "errors": null }
  ]`) as { id: string; name: string; constructor: string | null }[]
).map((each) => ({ __typename: 'Sphere', ...each, hasOwnProperty: true, valueOf: each.name, path: 'p', length: 3 }));

/** Fields named like what every object has, and like what answers are made of. */
export const oddNames: World = {
  name: 'odd names',
  trap: 'only an object’s own keys are its fields, and a field named like a part of an answer is a field',
  things: SPHERES,
  fields: {
    Query: {
      spheres: () => SPHERES,
      constructor: () => SPHERES[0],
      data: () => 'data of the query',
      representations: (_, { representations }) => `got ${representations}`,
    },
    Sphere: { prototype: (sphere) => `${sphere.constructor} ${sphere.name}` },
  },
  subgraphs: [
    {
      name: 'names',
      typeDefs: `
        type Query { spheres: [Sphere!]! constructor: Sphere data: String representations(representations: String): String }
        type Sphere @key(fields: "id") { id: ID! constructor: String toString: String then: String name: String length: Int }
      `,
    },
    {
      name: 'parts',
      typeDefs: `
        type Sphere @key(fields: "id") {
          id: ID! hasOwnProperty: Boolean valueOf: String data: Int errors: String path: String
          constructor: String @external
          name: String @external
          prototype: String @requires(fields: "constructor name")
        }
      `,
    },
  ],
};
