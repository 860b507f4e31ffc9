/** The test kit's graph as one to attack: in the test's own process, on a database of its own; its subgraphs have ports. */

import { atEnd } from '../../kit/at-end.ts';
import { startGraph } from '../../kit/graph.ts';
import { subgraphUrls } from '../../kit/transport.ts';
import type { AttackedGraph } from './attacked-graph.ts';
import { openSubgraphDoors } from './subgraph-doors.ts';

export async function attackedKitGraph(options: { poolSize?: number | undefined } = {}): Promise<AttackedGraph> {
  const kit = await startGraph(options.poolSize ? { poolSize: options.poolSize } : {});
  const doors = openSubgraphDoors(await subgraphUrls(kit));
  atEnd(doors.close);
  return {
    url: kit.url,
    tokenFor: kit.tokenFor,
    adminUrl: kit.database.adminUrl,
    subgraphs: doors.subgraphs,
    envelopeKeys: kit.envelopeKeys,
    now: kit.clock.now,
    log: () => kit.internalErrors.map(String).join('\n'),
    memory: () => process.memoryUsage.rss(),
    isAlive: () => true,
  };
}
