/** The subgraphs' own doors beside a running graph: on its database, with its keys. */
import type { Clock } from '../../../subgraphs/kernel/clock.ts';
import { tenantUrl } from '../../../subgraphs/kernel/database/roles.ts';
import type { Secrets } from '../../../subgraphs/kernel/database/secrets.ts';
import { openSubgraph, type RunningSubgraph } from '../../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { registry } from '../../../subgraphs/registry.ts';
import type { SubgraphDoor } from './attacked-graph.ts';

export interface SubgraphDoors {
  subgraphs: readonly SubgraphDoor[];
  close(): Promise<void>;
}

interface Beside {
  adminUrl: string;
  secrets: Secrets;
  clock: Clock;
}

export async function openSubgraphDoors({ adminUrl, secrets, clock }: Beside): Promise<SubgraphDoors> {
  const reportError = (_id: string, error: unknown) => console.error(error);
  const opened: RunningSubgraph[] = [];
  for (const { load } of registry) {
    const definition = await load();
    const databaseUrl = tenantUrl(adminUrl, secrets.database, definition.name);
    opened.push(await openSubgraph(definition, { ...secrets, clock, reportError, databaseUrl }));
  }
  return {
    subgraphs: opened.map(({ name, handle }) => ({ name, send: handle })),
    async close() {
      for (const { close } of opened) await close();
    },
  };
}
