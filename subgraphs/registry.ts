/** The list of subgraphs, in the order in which the demo is seeded: what a later one shows, an earlier one has. */
import type { SeedDemo } from './kernel/demo/seed-demo.ts';
import type { SubgraphDefinition } from './kernel/subgraph/define-subgraph.ts';

interface RegisteredSubgraph {
  /** As in the supergraph. */
  name: string;
  /** Where it listens when it runs outside the gateway's process. */
  port: number;
  load(): Promise<SubgraphDefinition>;
  /** Loaded only where there is a demo to seed. */
  seedDemo: SeedDemo;
}

export const registry: readonly RegisteredSubgraph[] = [
  {
    name: 'students',
    port: 4001,
    load: async () => (await import('./students/subgraph.ts')).subgraph,
    seedDemo: async (deps) => (await import('./students/demo-data.ts')).seedDemo(deps),
  },
  {
    name: 'shared-teaching',
    port: 4002,
    load: async () => (await import('./shared-teaching/subgraph.ts')).subgraph,
    seedDemo: async (deps) => (await import('./shared-teaching/demo-data.ts')).seedDemo(deps),
  },
];
