/** An interface of which no type of the graph is behind: one subgraph knows it as an object, and answers what is its own. */
import { describe, expect, it } from 'vitest';
import { type SmallSubgraph, smallGraph } from './small-graph.ts';

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
});
