import type { World } from '../world.ts';

const PEOPLE = [
  { __typename: 'Person', id: '1', name: 'Ada', age: 30, title: 'Dr' },
  { __typename: 'Person', id: '2', name: null, age: null, title: null },
];
const PAGES = [
  { __typename: 'Page', id: '1', path: '/tides', words: 300, title: 'Tides' },
  { __typename: 'Page', id: '2', path: '/ash', words: null, title: null },
];
const SHOPS = [{ __typename: 'Shop', id: '1', open: true, title: 'Corner' }];
const NOTE = { __typename: 'Note', text: 'no key', by: PEOPLE[0] };
const [ada, nobody] = PEOPLE;
const [tides, ash] = PAGES;
const [corner] = SHOPS;

/** A union has other members in each subgraph; a field of one name has another type in each of them. */
export const unionsAcross: World = {
  name: 'unions of two subgraphs',
  trap: 'each member is completed by who knows it, and fields of one name and another type do not meet',
  things: [...PEOPLE, ...PAGES, ...SHOPS],
  fields: {
    Query: {
      found: () => [tides, ada, NOTE, null, ada, ash],
      near: () => [[corner, nobody], null, [ada, null, corner]],
      first: () => ada,
      titled: () => [tides, corner, nobody],
    },
    Person: { likes: ({ id }) => (id === '1' ? [tides, corner, null, nobody] : []), rank: () => 'HIGH' },
    Page: { by: () => ada, next: ({ id }) => (id === '1' ? corner : null), rank: ({ id }) => Number(id) },
    Shop: { owner: () => nobody, rank: () => [1, null, 3] },
    Note: { rank: () => null },
  },
  subgraphs: [
    {
      name: 'search',
      typeDefs: `
        type Query { found: [Hit]! first: Hit titled: [Titled!]! }
        union Hit = Page | Person | Note
        interface Titled { title: String }
        type Page implements Titled @key(fields: "id") { id: ID! path: String! title: String rank: Int by: Hit }
        type Person implements Titled @key(fields: "id") { id: ID! title: String rank: Rank }
        type Shop implements Titled @key(fields: "id") { id: ID! title: String rank: [Int] }
        type Note { text: String by: Person rank: Int }
        enum Rank { HIGH LOW }
      `,
    },
    {
      name: 'people',
      typeDefs: `
        type Query { near: [[Hit]] }
        union Hit = Person | Shop
        type Person @key(fields: "id") { id: ID! name: String age: Int likes: [Liked] }
        union Liked = Page | Shop | Person
        type Page @key(fields: "id", resolvable: false) { id: ID! }
        type Shop @key(fields: "id") { id: ID! open: Boolean owner: Liked }
      `,
    },
    {
      name: 'texts',
      typeDefs: `
        union Liked = Page | Shop
        type Page @key(fields: "id") { id: ID! words: Int next: Liked }
        type Shop @key(fields: "id", resolvable: false) { id: ID! }
      `,
    },
  ],
};
