import type { World } from '../world.ts';

const ADA = { __typename: 'Maker', id: 'k1', name: 'Ada', born: 1901 };
const ANON = { __typename: 'Maker', id: 'k2', name: null, born: null };
const WORKS = [
  {
    __typename: 'Play',
    id: 'w1',
    title: 'Tides',
    size: 3,
    maker: ADA,
    makers: [ADA, null, ANON],
    stars: 4.5,
    next: 'w2',
  },
  { __typename: 'Poem', id: 'w2', title: null, size: 1, maker: ANON, makers: [], stars: null, next: 'w4' },
  { __typename: 'Tune', id: 'w3', title: 'Hum', size: null, maker: null, makers: null, stars: 0, next: null },
  { __typename: 'Play', id: 'w4', title: 'Ash', size: 5, maker: ANON, makers: [ANON, ADA], stars: 5, next: 'w1' },
] as const;

type Maker = Readonly<Partial<typeof ADA>> | null;

const byId = (id: unknown) => WORKS.find((each) => each.id === id) ?? null;
const nameOf = (maker: unknown) => (maker as Maker)?.name ?? null;
const bornOf = (maker: unknown) => (maker as Maker)?.born ?? null;

/** Some fields require one thing, some another, one down in an object, one in a list of them, and some nothing. */
export const requiringMuch: World = {
  name: 'interface objects that require much',
  trap: 'of each type behind an interface that is asked which has all that is required, be it of the same object',
  things: [...WORKS, ADA, ANON],
  fields: {
    Query: {
      works: () => WORKS,
      work: (_, { id }) => byId(id),
      shelf: () => [[byId('w3'), null, byId('w1')], null, [byId('w1'), byId('w2')]],
      best: () => byId('w4'),
      rated: () => [byId('w2'), null, byId('w1'), byId('w2')],
    },
    Work: {
      next: ({ next }) => byId(next),
      rating: ({ stars }, { scale }) => (stars === null ? null : Number(stars) * Number(scale)),
      verdict: ({ title, stars }) => `${title}: ${stars}`,
      weight: ({ size }, { unit }) => `${size} ${unit}`,
      both: ({ title, size }) => `${title} of ${size}`,
      credit: ({ maker }) => `by ${nameOf(maker)}`,
      age: ({ maker }) => bornOf(maker),
      credits: ({ makers }) => (makers as Maker[] | null)?.map(nameOf).join() ?? null,
    },
  },
  subgraphs: [
    {
      name: 'library',
      typeDefs: `
        type Query { works: [Work!]! work(id: ID!): Work shelf: [[Work]] }
        interface Work @key(fields: "id") { id: ID! size: Int maker: Maker makers: [Maker] }
        type Play implements Work @key(fields: "id") { id: ID! size: Int maker: Maker makers: [Maker] acts: Int }
        type Poem implements Work @key(fields: "id") { id: ID! size: Int maker: Maker makers: [Maker] }
        type Tune implements Work @key(fields: "id") { id: ID! size: Int maker: Maker makers: [Maker] }
        type Maker @key(fields: "id") { id: ID! name: String }
      `,
    },
    {
      name: 'titles',
      typeDefs: 'type Work @key(fields: "id") @interfaceObject { id: ID! title: String }',
    },
    {
      name: 'people',
      typeDefs: 'type Maker @key(fields: "id") { id: ID! born: Int }',
    },
    {
      name: 'reviews',
      typeDefs: `
        type Query { best: Work rated: [Work]! }
        type Work @key(fields: "id") @interfaceObject {
          id: ID!
          title: String @external
          size: Int @external
          maker: Maker @external
          makers: [Maker] @external
          stars: Float
          next: Work
          rating(scale: Int! = 1): Float
          verdict: String! @requires(fields: "title")
          weight(unit: String = "kg"): String @requires(fields: "size")
          both: String @requires(fields: "size title")
          credit: String @requires(fields: "maker { name }")
          age: Int @requires(fields: "maker { born }")
          credits: String @requires(fields: "makers { name }")
        }
        type Maker @key(fields: "id", resolvable: false) { id: ID! name: String @external born: Int @external }
      `,
    },
  ],
};
