/** The test kit's graph as one to attack: in the test's own process, on a database of its own. */
import { type Graph, startGraph } from '../../kit/graph.ts';
import type { AttackedGraph } from './attacked-graph.ts';

export async function attackedKitGraph(graph?: Graph): Promise<AttackedGraph> {
  const kit = graph ?? (await startGraph());
  return {
    url: kit.url,
    tokenFor: kit.tokenFor,
    adminUrl: kit.database.adminUrl,
    subgraphs: kit.all.map(({ name, handle }) => ({ name, send: handle })),
    envelopeKeys: kit.envelopeKeys,
    now: kit.clock.now,
    log: () => '',
    memory: () => process.memoryUsage.rss(),
    isAlive: () => true,
  };
}
