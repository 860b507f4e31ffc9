/** The subgraphs in this process, each with a role and a pool of its own, and the worker that carries their events. */
import type { Clock } from '../clock.ts';
import { WORKER } from '../database/migrate.ts';
import { tenantUrl } from '../database/roles.ts';
import type { StandaloneDatabase } from '../database/standalone-database.ts';
import { type EventWorker, startWorker, type WorkerOptions } from '../events/worker.ts';
import { recordKeyOf } from '../record/keys.ts';
import type { SubgraphDefinition } from '../subgraph/define-subgraph.ts';
import { openSubgraph, type RunningSubgraph, type SubgraphDeps } from '../subgraph/open-subgraph.ts';
import type { Lifetime } from './lifetime.ts';

export interface OpenedSubgraph extends RunningSubgraph {
  definition: SubgraphDefinition;
}

/** What all of them in this process share. */
export interface SubgraphProcess {
  database: Pick<StandaloneDatabase, 'adminUrl' | 'secrets'>;
  clock: Clock;
  lifetime: Pick<Lifetime, 'started'>;
}

export async function openSubgraphs(
  definitions: readonly SubgraphDefinition[],
  { database: { adminUrl, secrets }, clock, lifetime }: SubgraphProcess,
  own: Pick<SubgraphDeps, 'reportError' | 'envelopeClock' | 'poolSize'>,
): Promise<OpenedSubgraph[]> {
  const { envelopeKeys, grantSecret } = secrets;
  const opened: OpenedSubgraph[] = [];
  for (const definition of definitions) {
    const databaseUrl = tenantUrl(adminUrl, secrets.database, definition.name);
    const recordKey = recordKeyOf(secrets.database, definition.name);
    const deps = { ...own, databaseUrl, envelopeKeys, grantSecret, recordKey, clock };
    const subgraph = await openSubgraph(definition, deps);
    lifetime.started(`The subgraph ${definition.name}`, subgraph.close);
    opened.push({ ...subgraph, definition });
  }
  return opened;
}

export async function startEvents(
  subgraphs: readonly OpenedSubgraph[],
  { database: { adminUrl, secrets }, clock, lifetime }: SubgraphProcess,
  onFailure: WorkerOptions['onFailure'],
): Promise<EventWorker> {
  const worker = await startWorker({
    url: tenantUrl(adminUrl, secrets.database, WORKER),
    subscribers: subgraphs.map(({ name, orm, definition: { subscriptions } }) => ({ name, orm, subscriptions })),
    clock,
    onFailure,
  });
  lifetime.started('The worker', worker.stop);
  return worker;
}
