/** Serves one request of a known caller: one operation, in one transaction that row-level security knows the caller of. */
import type { MikroORM } from '@mikro-orm/postgresql';
import { type DocumentNode, execute, type GraphQLSchema, getOperationAST } from 'graphql';
import { sql } from 'kysely';
import { inTransaction, type Session } from '../database/transaction.ts';
import { createGrantSigner, createGrantVerifier, type GrantSigner } from '../guest-access/grant.ts';
import { createHiddenFields } from '../guest-access/hidden-fields.ts';
import type { Call } from './call.ts';
import type { SubgraphDefinition } from './define-subgraph.ts';
import { createDocumentCache } from './document-cache.ts';
import { collectGrants } from './grants-of-request.ts';
import { maskError, type ReportError } from './mask-error.ts';
import type { SubgraphDeps, SubgraphRequest } from './open-subgraph.ts';
import { createSignedLinks } from './signed-link.ts';

export function createExecutor(
  definition: SubgraphDefinition,
  schema: GraphQLSchema,
  orm: MikroORM,
  deps: SubgraphDeps,
) {
  const grantVerifier = createGrantVerifier(deps.grantSecret, deps.clock.now);
  const grantSigner = definition.signsGrants ? createGrantSigner(deps.grantSecret, deps.clock.now) : refusingSigner;
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
        const result = await answer(schema, document, request, call, deps.reportError);
        if (!readOnly) await refuseLostChanges(session);
        return result;
      });
    } catch (error) {
      return { errors: [maskError(error, deps.reportError)] };
    }
  };
}

/** For every subgraph but the one that decides. */
const refusingSigner: GrantSigner = {
  sign() {
    throw new Error('This subgraph does not sign grants: its definition does not say signsGrants.');
  },
};

/**
 * After a statement that failed, PostgreSQL ends a transaction by undoing it, and reports no error of it: a change must
 * not be told as done. Throws where that would happen.
 */
async function refuseLostChanges({ db }: Session): Promise<void> {
  await sql`select`.execute(db);
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
