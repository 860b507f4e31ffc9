import type { World } from '../world.ts';

const at = (x: number | null, y: number | null) => ({ x, y, label: `${x}/${y}`, grid: { cell: `${x}` } });
const SHIPS = [
  {
    __typename: 'Ship',
    id: 's1',
    name: 'Dawn',
    at: at(1, 2),
    past: [at(0, 0), at(null, 1)],
    cargo: { tons: 3, kind: 'tea' },
  },
  { __typename: 'Ship', id: 's2', name: null, at: null, past: [], cargo: null },
  { __typename: 'Ship', id: 's3', name: 'Dusk', at: at(3, null), past: null, cargo: { tons: null, kind: null } },
];

/** Values without keys, of which each subgraph knows other fields: they are one value in the answer. */
export const valueTypes: World = {
  name: 'shared values',
  trap: 'what several subgraphs know of one value is laid together, item by item, and null is not laid over it',
  things: SHIPS,
  fields: {
    Query: {
      ships: () => SHIPS,
      nearest: () => SHIPS[0],
      weather: () => ({ wind: 3, rain: null, at: at(9, 9) }),
      version: () => '1',
    },
  },
  subgraphs: [
    {
      name: 'radar',
      typeDefs: `
        type Query { ships: [Ship!]! weather: Weather @shareable version: String! @shareable }
        type Weather @shareable { wind: Int at: Position }
        type Ship @key(fields: "id") { id: ID! at: Position @shareable past: [Position!] @shareable cargo: Cargo @shareable }
        type Position @shareable { x: Int y: Int }
        type Cargo @shareable { tons: Int }
      `,
    },
    {
      name: 'maps',
      typeDefs: `
        type Query { nearest: Ship weather: Weather @shareable version: String! @shareable }
        type Weather @shareable { wind: Int rain: Int at: Position }
        type Ship @key(fields: "id") { id: ID! at: Position @shareable past: [Position!] @shareable cargo: Cargo @shareable name: String }
        type Position @shareable { x: Int y: Int label: String grid: Grid }
        type Grid { cell: String }
        type Cargo @shareable { tons: Int kind: String }
      `,
    },
  ],
};
