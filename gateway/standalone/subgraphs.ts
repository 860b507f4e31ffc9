/** The subgraphs in this process, each with a role and a pool of its own, and the worker that carries their events. */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { WORKER } from '../../subgraphs/kernel/database/migrate.ts';
import { tenantUrl } from '../../subgraphs/kernel/database/roles.ts';
import type { StandaloneDatabase } from '../../subgraphs/kernel/database/standalone-database.ts';
import { type EventWorker, startWorker } from '../../subgraphs/kernel/events/worker.ts';
import type { SubgraphDefinition } from '../../subgraphs/kernel/subgraph/define-subgraph.ts';
import { openSubgraph, type RunningSubgraph } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import type { Lifetime } from './lifetime.ts';
import { reportError, reportFailedEvent } from './report-error.ts';

export interface OpenedSubgraph extends RunningSubgraph {
  definition: SubgraphDefinition;
}

export async function openSubgraphs(
  definitions: readonly SubgraphDefinition[],
  { adminUrl, secrets }: Pick<StandaloneDatabase, 'adminUrl' | 'secrets'>,
  clock: Clock,
  lifetime: Pick<Lifetime, 'started'>,
): Promise<OpenedSubgraph[]> {
  const { envelopeKeys, grantSecret } = secrets;
  const opened: OpenedSubgraph[] = [];
  for (const definition of definitions) {
    const databaseUrl = tenantUrl(adminUrl, secrets.database, definition.name);
    const subgraph = await openSubgraph(definition, { databaseUrl, envelopeKeys, grantSecret, clock, reportError });
    lifetime.started(`The subgraph ${definition.name}`, subgraph.close);
    opened.push({ ...subgraph, definition });
  }
  return opened;
}

export async function startEvents(
  subgraphs: readonly OpenedSubgraph[],
  { adminUrl, secrets }: Pick<StandaloneDatabase, 'adminUrl' | 'secrets'>,
  clock: Clock,
  lifetime: Pick<Lifetime, 'started'>,
): Promise<EventWorker> {
  const worker = await startWorker({
    url: tenantUrl(adminUrl, secrets.database, WORKER),
    subscribers: subgraphs.map(({ name, orm, definition: { subscriptions } }) => ({ name, orm, subscriptions })),
    clock,
    onFailure: reportFailedEvent,
  });
  lifetime.started('The worker', worker.stop);
  return worker;
}
