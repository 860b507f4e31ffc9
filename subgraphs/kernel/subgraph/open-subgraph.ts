/** Runs a subgraph: its schema, its database, and `handle`, which serves one sealed request in one transaction. */
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { MikroORM } from '@mikro-orm/postgresql';
import { type DocumentNode, execute, type GraphQLSchema, getOperationAST, parse, validate } from 'graphql';
import type { Clock } from '../clock.ts';
import { openDatabase } from '../database/open.ts';
import { inTransaction } from '../database/transaction.ts';
import { createOpener, type EnvelopeKey, EnvelopeRefused, type SealedRequest } from '../envelope.ts';
import { createGrantSigner, createGrantVerifier } from '../guest-access/grant.ts';
import { createHiddenFields } from '../guest-access/hidden-fields.ts';
import type { Call } from './call.ts';
import type { SubgraphDefinition } from './define-subgraph.ts';
import { enforceScopes } from './enforce-scopes.ts';
import { collectGrants } from './grants-of-request.ts';
import { maskError, type ReportError } from './mask-error.ts';
import { createSignedLinks } from './signed-link.ts';

export interface SubgraphDeps {
  /** The subgraph's own database URL (`tenantUrl`). */
  databaseUrl: string;
  envelopeKeys: readonly EnvelopeKey[];
  /** The secret of guest grants, base64url. Subgraphs hold it; the gateway does not. */
  grantSecret: string;
  clock: Clock;
  /** Told of every error that is masked, with the id that the client is given. */
  reportError: ReportError;
  poolSize?: number;
}

export interface RunningSubgraph {
  name: string;
  schema: GraphQLSchema;
  orm: MikroORM;
  handle(request: SealedRequest): Promise<SubgraphResponse>;
  close(): Promise<void>;
}

export interface SubgraphResponse {
  status: number;
  /** JSON text. */
  body: string;
}

export interface SubgraphRequest {
  query: string;
  operationName?: string | null;
  variables?: Record<string, unknown>;
  /** `grants`: what the gateway was given for the profiles that a mutation is about. */
  extensions?: { grants?: string[] };
}

export async function openSubgraph(definition: SubgraphDefinition, deps: SubgraphDeps): Promise<RunningSubgraph> {
  const { name, entities } = definition;
  const { databaseUrl: url, poolSize } = deps;
  const orm = await openDatabase({ name, url, entities, ...(poolSize && { poolSize }) });
  const schema = subgraphSchema(definition);
  const opener = createOpener(name, deps.envelopeKeys, deps.clock.now);
  const run = createExecutor(definition, schema, orm, deps);
  return {
    name,
    schema,
    orm,
    async handle(request) {
      try {
        const caller = opener.open(request);
        return { status: 200, body: JSON.stringify(await run(caller, JSON.parse(request.body) as SubgraphRequest)) };
      } catch (error) {
        if (!(error instanceof EnvelopeRefused)) throw error;
        return { status: 401, body: JSON.stringify({ errors: [{ message: error.message }] }) };
      }
    },
    close: () => orm.close(true),
  };
}

/** The executable schema, with the scopes of its directives enforced. */
export const subgraphSchema = ({ typeDefs, resolvers }: SubgraphDefinition): GraphQLSchema =>
  enforceScopes(buildSubgraphSchema([{ typeDefs: parse(typeDefs), resolvers: resolvers as never }]));

function createExecutor(definition: SubgraphDefinition, schema: GraphQLSchema, orm: MikroORM, deps: SubgraphDeps) {
  const grantVerifier = createGrantVerifier(deps.grantSecret, deps.clock.now);
  const grantSigner = createGrantSigner(deps.grantSecret, deps.clock.now);
  const links = createSignedLinks(deps.grantSecret, deps.clock.now);
  const documentOf = createDocumentCache(schema);
  return async (caller: Call['caller'], request: SubgraphRequest) => {
    const { document, errors } = documentOf(request.query);
    if (!document) return { errors: errors.map((error) => maskError(error, deps.reportError)) };
    const grants = collectGrants(request, caller, grantVerifier);
    const readOnly = getOperationAST(document, request.operationName)?.operation !== 'mutation';
    const options = { caller, clock: deps.clock, readOnly, grants: [...grants.byText.values()] };
    try {
      return await inTransaction(orm, options, async (session) => {
        const call: Call = {
          ...session,
          caller,
          grants,
          grantSigner,
          links,
          hidden: createHiddenFields(),
          loaders: null,
          renewLoaders: () => {
            call.loaders = definition.createLoaders(call);
          },
        };
        call.renewLoaders();
        return answer(schema, document, request, call, deps.reportError);
      });
    } catch (error) {
      return { errors: [maskError(error, deps.reportError)] };
    }
  };
}

async function answer(
  schema: GraphQLSchema,
  document: DocumentNode,
  { variables, operationName }: SubgraphRequest,
  call: Call,
  reportError: ReportError,
) {
  const result = await execute({
    schema,
    document,
    contextValue: call,
    ...(variables && { variableValues: variables }),
    ...(operationName && { operationName }),
  });
  const hidden = call.hidden.list();
  return {
    data: result.data,
    ...(result.errors && { errors: result.errors.map((error) => maskError(error, reportError)) }),
    ...(hidden.length > 0 && { extensions: { guestAccess: { hidden } } }),
  };
}

const MOST_DOCUMENTS = 1_000;

/** A query plan sends the same few texts again and again: each is parsed and validated once. */
function createDocumentCache(schema: GraphQLSchema) {
  const cache = new Map<string, DocumentNode>();
  return (query: string): { document: DocumentNode | null; errors: readonly unknown[] } => {
    const known = cache.get(query);
    if (known) return { document: known, errors: [] };
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      if (errors.length > 0) return { document: null, errors };
      if (cache.size >= MOST_DOCUMENTS) cache.clear();
      cache.set(query, document);
      return { document, errors: [] };
    } catch (error) {
      return { document: null, errors: [error] };
    }
  };
}
