import type { World } from '../world.ts';

const MEDIA = [
  { __typename: 'Book', id: 'm1', title: 'Tides', pages: 300, stars: 4.5, minutes: null, likes: ['m2', 'm3'] },
  { __typename: 'Film', id: 'm2', title: null, pages: null, stars: null, minutes: 104, likes: [] },
  { __typename: 'Book', id: 'm3', title: 'Ash', pages: null, stars: 0, minutes: null, likes: ['m1'] },
  { __typename: 'Song', id: 'm4', title: 'Hum', pages: null, stars: 5, minutes: 3, likes: null },
] as const;
const byId = (id: unknown) => MEDIA.find((each) => each.id === id) ?? null;

const world = (reviews: string): Omit<World, 'name' | 'trap'> => ({
  things: MEDIA,
  fields: {
    Query: {
      media: () => MEDIA,
      medium: (_, { id }) => byId(id),
      best: () => byId('m4'),
      reviewed: () => [byId('m2'), byId('m1'), null, byId('m2')],
    },
    Media: {
      likes: ({ likes }) => (likes as readonly string[] | null)?.map(byId) ?? null,
      verdict: ({ title, stars }) => `${title}: ${stars}`,
    },
  },
  subgraphs: [
    {
      name: 'catalogue',
      typeDefs: `
        type Query { media: [Media!]! medium(id: ID!): Media }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
        type Song implements Media @key(fields: "id") { id: ID! title: String minutes: Int }
      `,
    },
    {
      name: 'reviews',
      typeDefs: `
        type Query { best: Media reviewed: [Media]! }
        type Media @key(fields: "id") @interfaceObject { id: ID! stars: Float likes: [Media!] ${reviews} }
      `,
    },
  ],
});

/** One subgraph knows an interface as a type, and never what is behind it. */
export const interfaceObjects: World = {
  name: 'interface objects',
  trap: 'what is behind an interface object is asked of who knows; its own fields come for every type',
  ...world(''),
};

export const requiringInterfaceObjects: World = {
  name: 'interface objects that require',
  trap: 'what is required of one type behind an interface is not missed of another',
  ...world('title: String @external verdict: String! @requires(fields: "title")'),
};
