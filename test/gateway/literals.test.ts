/** How long the planner takes over literals of custom scalars, which may be anything. */
import { describe, expect, it } from 'vitest';
import { smallGraph } from './small-graph.ts';

const graph = await smallGraph([
  {
    name: 'anything',
    typeDefs: 'scalar Anything type Query { told(value: Anything, more: [Anything]): String }',
    resolvers: { Query: { told: (_: unknown, args: object) => JSON.stringify(args) } },
  },
]);
const nested = (levels: number, inner: string): string => '['.repeat(levels) + inner + ']'.repeat(levels);

describe('lists in lists', () => {
  // each a million steps, where every level doubles them
  it('of 20 levels, fifty of them, are planned at once', async () => {
    const values = Array.from({ length: 50 }, () => nested(19, '1')).join(' ');
    const start = performance.now();
    const { data, errors } = await graph.run(`{ told(value: [${values}]) }`);
    expect(performance.now() - start).toBeLessThan(2_000);
    expect(errors).toEqual([]);
    expect(data).toEqual({ told: `{"value":[${Array.from({ length: 50 }, () => nested(19, '1')).join(',')}]}` });
  });

  it('bring the variables in them', async () => {
    const query = 'query ($a: Anything, $b: Anything) { told(value: [[{ in: [$a] }]], more: [$b, { in: { x: $a } }]) }';
    const { data } = await graph.run(query, { variables: { a: 'A', b: ['B'] } });
    expect(JSON.parse(String(data?.told))).toEqual({ value: [[{ in: ['A'] }]], more: [['B'], { in: { x: 'A' } }] });
  });
});
