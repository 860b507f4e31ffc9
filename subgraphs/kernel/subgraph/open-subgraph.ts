/** Runs a subgraph: its schema, its database, what opens its envelopes, and what serves one request in one transaction. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type GraphQLFormattedError, type GraphQLSchema, parse } from 'graphql';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { openTenant } from '../database/open-tenant.ts';
import { createOpener, type EnvelopeKey, type Opener } from '../envelope.ts';
import { observeFields } from '../record/observe-fields.ts';
import type { RecordedOperation } from '../record/row.ts';
import type { SubgraphDefinition } from './define-subgraph.ts';
import { enforceScopes } from './enforce-scopes.ts';
import { createExecutor } from './execute-request.ts';
import type { ReportError } from './mask-error.ts';

export interface SubgraphDeps {
  /** The subgraph's own database URL (`tenantUrl`). */
  databaseUrl: string;
  envelopeKeys: readonly EnvelopeKey[];
  /** The secret of guest grants, base64url. Subgraphs hold it; the gateway does not. */
  grantSecret: string;
  /** Of its rows of the record of reading (`recordKeyOf`). */
  recordKey: string;
  clock: Clock;
  /** By which the gateway seals its calls, where that is not the same: a demo's clock may stand on another day. */
  envelopeClock?: Clock;
  /** Told of every error that is masked, with the id that the client is given. */
  reportError: ReportError;
  poolSize?: number;
}

export interface RunningSubgraph {
  name: string;
  schema: GraphQLSchema;
  orm: MikroORM;
  envelopes: Opener;
  /** Serves one request of a known caller in one transaction: whoever holds it says who that is. Errors are masked. */
  run(caller: Caller | null, request: SubgraphRequest): Promise<SubgraphResult>;
  close(): Promise<void>;
}

export interface SubgraphResult {
  data?: Record<string, unknown> | null | undefined;
  errors?: readonly GraphQLFormattedError[];
  extensions?: Record<string, unknown>;
}

export interface SubgraphRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown>;
  /**
   * `grants`: what the gateway was given for the profiles that a mutation is about. `operation`: of which request the call
   * is, for the record of reading.
   */
  extensions?: { grants?: string[]; operation?: RecordedOperation };
}

export async function openSubgraph(definition: SubgraphDefinition, deps: SubgraphDeps): Promise<RunningSubgraph> {
  const { name, entities } = definition;
  const { databaseUrl: url, poolSize } = deps;
  const envelopes = createOpener(name, deps.envelopeKeys, (deps.envelopeClock ?? deps.clock).now);
  const orm = await openTenant({ name, url, entities, ...(poolSize && { poolSize }) });
  const schema = subgraphSchema(definition);
  const run = createExecutor(definition, schema, orm, deps);
  return {
    name,
    schema,
    orm,
    envelopes,
    run,
    close: () => orm.close(true),
  };
}

/** The executable schema: scopes are enforced as its directives state them, and what is read is noted for the record. */
export const subgraphSchema = (definition: SubgraphDefinition): GraphQLSchema => {
  const { typeDefs, resolvers } = definition;
  const schema = buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]);
  return observeFields(enforceScopes(schema), definition);
};
