import type { World } from '../world.ts';

const TASKS = [
  { __typename: 'Task', id: 't1', title: 'Wash', points: 3 },
  { __typename: 'Task', id: 't2', title: null, points: null },
];
const task = (id: unknown) => TASKS.find((each) => each.id === id) ?? null;

/** Changes of two subgraphs in one operation. */
export const mutations: World = {
  name: 'mutations in series',
  trap: 'a mutation’s fields are run one after the other, each once, whichever subgraph each is of',
  things: TASKS,
  fields: {
    Query: { tasks: () => TASKS },
    Mutation: {
      start: (_, { id }, { done }) => {
        done.push(`start ${id}`);
        return task(id);
      },
      rename: (_, { id, input }, { done }) => {
        const { title, reason } = input as { title?: string | null; reason: string };
        done.push(`rename ${id} ${title} ${reason}`);
        return { ok: title !== null, count: done.length, task: task(id) };
      },
      pay: (_, { id, points }, { done }) => {
        done.push(`pay ${id} ${points}`);
        if (points === 13) throw new Error('unlucky');
        return { count: done.length, task: task(id) };
      },
      clear: (_source, _args, { done }) => {
        done.push('clear');
        return done.length;
      },
    },
  },
  subgraphs: [
    {
      name: 'tasks',
      typeDefs: `
        type Query { tasks: [Task!]! }
        type Mutation { start(id: ID!): Task rename(id: ID!, input: Rename!): Renamed! clear: Int! }
        type Task @key(fields: "id") { id: ID! title: String }
        type Renamed { ok: Boolean count: Int task: Task }
        input Rename { title: String reason: String! = "none" }
      `,
    },
    {
      name: 'points',
      typeDefs: `
        type Mutation { pay(id: ID! = "t1", points: Int = 2): Paid }
        type Paid { count: Int! task: Task }
        type Task @key(fields: "id") { id: ID! points: Int }
      `,
    },
  ],
};
