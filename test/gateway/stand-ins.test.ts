/** An interface of which no type of the graph is behind: one subgraph knows it as an object, and answers what is its own. */
import { describe, expect, it } from 'vitest';
import { callerWith, type SmallSubgraph, smallGraph } from './small-graph.ts';

const nodes: SmallSubgraph = {
  name: 'nodes',
  typeDefs: 'type Query { version: Int } interface Node @key(fields: "id") { id: ID! }',
  resolvers: {},
};
const marks: SmallSubgraph = {
  name: 'marks',
  typeDefs: `type Query { marked: Node all: [Node!]! }
    type Node @key(fields: "id", resolvable: false) @interfaceObject { id: ID! mark: String broken: Int }`,
  resolvers: {
    Query: { marked: () => ({ id: 'n1', mark: 'blue' }), all: () => [{ id: 'n1' }] },
    Node: {
      broken: () => {
        throw new Error('broken');
      },
    },
  },
};
const graph = smallGraph([nodes, marks]);

describe('an object of an interface with nothing behind it', () => {
  it('is answered where its type makes no difference', async () => {
    const { data, errors } = await (await graph).run('{ marked { id m: mark ... on Node { mark } } all { id } }');
    expect(data).toEqual({
      marked: { id: 'n1', m: 'blue', mark: 'blue' },
      all: [{ id: 'n1' }],
    });
    expect(errors).toEqual([]);
  });

  it('is answered beside a field that failed', async () => {
    const { data, errors } = await (await graph).run('{ marked { id broken } }');
    expect(data).toEqual({ marked: { id: 'n1', broken: null } });
    expect(errors.map(({ path }) => path)).toEqual([['marked', 'broken']]);
  });

  it('has no type to be told, and says so', async () => {
    const { data = null, errors } = await (await graph).run('{ marked { __typename id } }');
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
  });

  it('adds no type to the schema that clients see', async () => {
    const { data } = await (await graph).run(
      '{ __type(name: "Node") { possibleTypes { name } } __schema { types { name } } }',
    );
    expect(data?.__type).toEqual({ possibleTypes: [] });
    expect(JSON.stringify(data)).not.toContain('stand');
  });

  it('keeps what its caller may not read, though it is fetched for others’ sake', async () => {
    const guarded = 'id: ID! @requiresScopes(scopes: [["key"]])';
    const marked: SmallSubgraph = {
      name: 'marked',
      typeDefs: `type Query { one: Node } type Node @key(fields: "id") @interfaceObject { ${guarded} mark: String }`,
      resolvers: { Query: { one: () => ({ id: 'n1', mark: 'blue' }) } },
    };
    const sizes: SmallSubgraph = {
      name: 'sizes',
      typeDefs: 'type Node @key(fields: "id") @interfaceObject { id: ID! size: Int }',
      resolvers: { Node: { __resolveReference: (node: object) => ({ ...node, size: 3 }) } },
    };
    const { run, asked } = await smallGraph([nodes, marked, sizes]);
    const query = '{ one { id mark size } }';
    const { data } = await run(query, { caller: callerWith() });
    expect(asked.map(({ subgraph }) => subgraph)).toContain('sizes');
    expect(JSON.stringify(data)).not.toContain('n1');
    expect((await run(query, { caller: callerWith('key') })).data).toEqual({
      one: { id: 'n1', mark: 'blue', size: 3 },
    });
  });

  it('keeps it also where the first of the types behind the interface does not', async () => {
    const people: SmallSubgraph = {
      name: 'people',
      typeDefs: `type Query { version: Int } interface Person @key(fields: "id") { id: ID! }
        type Adult implements Person @key(fields: "id") { id: ID! }
        type Pupil implements Person @key(fields: "id") { id: ID! @requiresScopes(scopes: [["key"]]) }`,
      resolvers: {},
    };
    const marked: SmallSubgraph = {
      name: 'marked',
      typeDefs: 'type Query { one: Person } type Person @key(fields: "id") @interfaceObject { id: ID! mark: String }',
      resolvers: { Query: { one: () => ({ id: 'p1', mark: 'blue' }) } },
    };
    const sizes: SmallSubgraph = {
      name: 'sizes',
      typeDefs: 'type Person @key(fields: "id") @interfaceObject { id: ID! size: Int }',
      resolvers: { Person: { __resolveReference: (person: object) => ({ ...person, size: 3 }) } },
    };
    const { run } = await smallGraph([people, marked, sizes]);
    const query = '{ one { id mark size } }';
    for (const each of [
      query,
      '{ one { ... on Person { id } size } }',
      '{ __typename one { id size } __schema { __typename } }',
    ])
      expect(JSON.stringify((await run(each, { caller: callerWith() })).data)).not.toContain('p1');
    expect((await run(query, { caller: callerWith('key') })).data).toEqual({
      one: { id: 'p1', mark: 'blue', size: 3 },
    });
  });
});
