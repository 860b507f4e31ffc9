import { expect, it } from 'vitest';
import { openSubgraphs } from './subgraphs.ts';

it('opens every subgraph on a database of its own', async () => {
  const graph = await openSubgraphs();
  await graph.settle();
  expect(graph.internalErrors).toEqual([]);
});
