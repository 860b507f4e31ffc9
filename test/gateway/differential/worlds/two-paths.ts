import type { World } from '../world.ts';

const POSTS = ['a', 'b', 'c'].map((id, index) => ({
  __typename: 'Post',
  id,
  text: `Post ${id}`,
  likes: index || null,
}));
const PEOPLE = [
  { __typename: 'Person', id: '1', name: 'Ada', friends: ['2', '3'], posts: POSTS },
  { __typename: 'Person', id: '2', name: 'Ben', friends: ['1'], posts: [] },
  { __typename: 'Person', id: '3', name: null, friends: null, posts: [POSTS[1]] },
];
const person = (id: unknown) => PEOPLE.find((each) => each.id === id) ?? null;

/** One entity, met on several paths, asked on each for the same fields with other arguments. */
export const twoPaths: World = {
  name: 'one entity on two paths',
  trap: 'an entity that is met twice with different arguments is two objects in the answer',
  things: [...PEOPLE, ...POSTS],
  fields: {
    Query: { people: () => PEOPLE, person: (_, { id }) => person(id), me: () => person('1') },
    Person: {
      friends: ({ friends }) => (friends as string[] | null)?.map(person) ?? null,
      posts: ({ posts }, { first, order }) => {
        const all = [...(posts as unknown[])];
        if (order === 'LAST') all.reverse();
        return all.slice(0, Number(first ?? all.length));
      },
      avatar: ({ id }, { size, style }) => `${id}-${size}${style ? JSON.stringify(style) : ''}.png`,
    },
    Post: { short: ({ text }, { length }) => String(text).slice(0, Number(length)) },
  },
  subgraphs: [
    {
      name: 'people',
      typeDefs: `
        type Query { people: [Person!]! person(id: ID!): Person me: Person }
        type Person @key(fields: "id") { id: ID! name: String friends: [Person] }
      `,
    },
    {
      name: 'posts',
      typeDefs: `
        type Person @key(fields: "id") {
          id: ID! posts(first: Int, order: Order = FIRST): [Post!]! avatar(size: Int! = 16, style: Style): String
        }
        type Post @key(fields: "id") { id: ID! text: String short(length: Int = 4): String }
        enum Order { FIRST LAST }
        input Style { round: Boolean = true colours: [String!] }
      `,
    },
    { name: 'likes', typeDefs: 'type Post @key(fields: "id") { id: ID! likes: Int }' },
  ],
};
