/** The list of subgraphs, in the order in which the demo is seeded: what a later one shows, an earlier one has. */
import type { SeedDemo } from './kernel/demo/seed-demo.ts';
import type { SubgraphDefinition } from './kernel/subgraph/define-subgraph.ts';

export interface RegisteredSubgraph {
  /** As in the supergraph. */
  name: string;
  load(): Promise<SubgraphDefinition>;
  /** Loaded only where there is a demo to seed. */
  seedDemo: SeedDemo;
}

export const registry: readonly RegisteredSubgraph[] = [
  {
    name: 'students',
    load: async () => (await import('./students/subgraph.ts')).subgraph,
    seedDemo: async (deps) => (await import('./students/demo-data.ts')).seedDemo(deps),
  },
  {
    name: 'shared-teaching',
    load: async () => (await import('./shared-teaching/subgraph.ts')).subgraph,
    seedDemo: async (deps) => (await import('./shared-teaching/demo-data.ts')).seedDemo(deps),
  },
];
