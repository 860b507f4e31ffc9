/** What a subgraph is made of. Every subgraph has this shape, and `openSubgraph` runs it. */
import type { EntitySchema } from '@mikro-orm/postgresql';
import type { MigratedTenant } from '../database/migrate.ts';
import type { EventHandler } from '../events/worker.ts';
import type { RecordedTypes } from '../record/subject.ts';
import type { Call } from './call.ts';

export interface SubgraphDefinition<Loaders = unknown> extends RecordedTypes<Loaders> {
  /** As in the supergraph: `shared-teaching`. */
  name: string;
  /** The text of its `schema.graphql`. */
  typeDefs: string;
  /** Typed by the generated `Resolvers` of the subgraph. */
  resolvers: object;
  entities: EntitySchema[];
  migrations: MigratedTenant['migrations'];
  /** One set of loaders per call: nothing is shared between callers. */
  createLoaders(call: Call<Loaders>): Loaders;
  /** It decides on guest access, and hands out grants. One subgraph does. */
  signsGrants?: true;
  /** Names of the events that its services emit: the database refuses others. */
  publishes: readonly string[];
  /** Handlers by the event's name. */
  subscriptions: Readonly<Record<string, EventHandler>>;
}

/** Forgets the loaders' type, so that subgraphs of different loaders stand in one list. */
export const defineSubgraph = <Loaders>(definition: SubgraphDefinition<Loaders>): SubgraphDefinition =>
  definition as unknown as SubgraphDefinition;

export const tenantOf = (definition: SubgraphDefinition): MigratedTenant => ({
  name: definition.name,
  migrations: definition.migrations,
  publishes: definition.publishes,
  subscriptions: Object.keys(definition.subscriptions),
});
