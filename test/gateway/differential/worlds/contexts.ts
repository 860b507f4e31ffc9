import type { Source, World } from '../world.ts';

const POSTS = [
  { __typename: 'Post', id: 'p1', words: 300, likes: 3 },
  { __typename: 'Post', id: 'p2', words: null, likes: null },
];
const [first, second] = POSTS;
const READERS = [
  { __typename: 'Reader', id: 'r1', language: 'en', wing: 'North', wall: null },
  { __typename: 'Reader', id: 'r2', language: 'de', wing: null, wall: null },
];
const GROUP = { __typename: 'Group', id: 'g1', language: 'fr', wing: 'South', wall: 'south wall' };
const [ada, ben] = READERS;

/** What is around a post, for the whole alone: a subgraph is sent it. */
const within = (around: Source, post: Source | null | undefined) => (post ? { ...post, around } : null);
const listed = (around: Source) => [within(around, first), within(around, second)];
const nested = (around: Source) => [[within(around, second), null], null, [within(around, first)]];

/** A field has arguments that its client does not give: they are read from what the entity is in. */
export const contexts: World = {
  name: 'contexts',
  trap: 'a field has the arguments of where it is, though the same entity stands elsewhere, too',
  things: [...POSTS, ...READERS, GROUP],
  fields: {
    Query: {
      readers: () => READERS,
      group: () => GROUP,
      known: () => ben,
      either: () => [GROUP, null, ada, GROUP],
    },
    Reader: { posts: () => POSTS, nested: () => [[second, null], null, [first]] },
    Group: { lead: () => first, readers: () => READERS },
    Post: {
      title: ({ id }, { language, isLoud }) => `${id} ${language}${isLoud ? '!' : ''}`,
      place: ({ id }, { wing }) => `${id} in ${wing}`,
    },
  },
  whole: {
    Reader: { posts: listed, nested },
    Group: { lead: (group) => within(group, first) },
    Post: {
      title: ({ id, around }, { isLoud }) => `${id} ${(around as Source).language}${isLoud ? '!' : ''}`,
      place: ({ id, around }) => `${id} in ${(around as Source).wing}`,
    },
  },
  subgraphs: [
    {
      name: 'posts',
      typeDefs: `
        type Query { readers: [Reader!]! group: Group either: [Either]! }
        union Either = Reader | Group
        type Reader @key(fields: "id") @context(name: "around") {
          id: ID! language: String wing: String @external posts: [Post] nested: [[Post]]
        }
        type Group @key(fields: "id") @context(name: "around") {
          id: ID! language: String wing: String @external lead: Post readers: [Reader!]
        }
        type Post @key(fields: "id") {
          id: ID!
          title(language: String @fromContext(field: "$around { language }"), isLoud: Boolean = false): String
          place(wing: String @fromContext(field: "$around { wing }")): String
        }
      `,
    },
    {
      name: 'buildings',
      typeDefs: `
        type Query { known: Reader }
        type Reader @key(fields: "id") { id: ID! wing: String }
        type Group @key(fields: "id") { id: ID! wing: String wall: String }
        type Post @key(fields: "id") { id: ID! words: Int likes: Int }
      `,
    },
  ],
};
