/** The subgraphs' own doors beside a running graph: on its database, with its keys. */
import { createClock } from '../../../subgraphs/kernel/clock.ts';
import { tenantUrl } from '../../../subgraphs/kernel/database/roles.ts';
import type { Secrets } from '../../../subgraphs/kernel/database/secrets.ts';
import { openSubgraph, type RunningSubgraph } from '../../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { registry } from '../../../subgraphs/registry.ts';
import type { SubgraphDoor } from './attacked-graph.ts';

export interface SubgraphDoors {
  subgraphs: readonly SubgraphDoor[];
  close(): Promise<void>;
}

export async function openSubgraphDoors({
  adminUrl,
  secrets,
}: {
  adminUrl: string;
  secrets: Secrets;
}): Promise<SubgraphDoors> {
  const { envelopeKeys, grantSecret } = secrets;
  const deps = {
    envelopeKeys,
    grantSecret,
    clock: createClock(),
    reportError: (_id: string, error: unknown) => console.error(error),
  };
  const opened: RunningSubgraph[] = [];
  for (const { load } of registry) {
    const definition = await load();
    opened.push(
      await openSubgraph(definition, { ...deps, databaseUrl: tenantUrl(adminUrl, secrets.database, definition.name) }),
    );
  }
  return {
    subgraphs: opened.map(({ name, handle }) => ({ name, send: handle })),
    async close() {
      for (const { close } of opened) await close();
    },
  };
}
