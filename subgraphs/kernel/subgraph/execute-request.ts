/** Serves one request of a known caller: one operation, in one transaction that row-level security knows the caller of. */
import type { MikroORM } from '@mikro-orm/postgresql';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  getOperationAST,
} from 'graphql';
import { sql } from 'kysely';
import { inTransaction, type Session } from '../database/transaction.ts';
import { createGrantSigner, createGrantVerifier, type GrantSigner } from '../guest-access/grant.ts';
import { createHiddenFields } from '../guest-access/hidden-fields.ts';
import { createCallNotes } from '../record/call-notes.ts';
import { readRecordKey } from '../record/keys.ts';
import { refusalsOf } from '../record/readings-of-call.ts';
import { type CallContext, createRecorder, type Recorder } from '../record/recorder.ts';
import type { RecordedRefusal } from '../record/row.ts';
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
  const { clock, reportError } = deps;
  const key = readRecordKey(deps.recordKey);
  const recorder = createRecorder(schema, definition, { orm, writer: definition.name, key, clock });
  return async (caller: Call['caller'], request: SubgraphRequest) => {
    const { document, errors } = documentOf(request.query);
    if (!document) return { errors: errors.map((error) => maskError(error, deps.reportError)) };
    const grants = collectGrants(request, caller, grantVerifier);
    const readOnly = getOperationAST(document, request.operationName)?.operation !== 'mutation';
    const options = { caller, clock, readOnly, grants: [...grants.byText.values()] };
    const context: CallContext = { readOnly, operation: request.extensions?.operation ?? null };
    const refusals: RecordedRefusal[] = [];
    try {
      return await inTransaction(orm, options, async (session) => {
        const call: Call = {
          ...session,
          caller,
          grants,
          grantSigner,
          links,
          hidden: createHiddenFields(),
          observed: createCallNotes(),
          loaders: null,
          renewLoaders: () => {
            call.loaders = definition.createLoaders(call);
          },
        };
        call.renewLoaders();
        const { data, errors = [] } = await run(schema, document, request, call);
        refusals.push(...refusalsOf(call, errors));
        const isRecorded = await recorder.record(call, errors, context);
        if (!readOnly && !isRecorded) await refuseLostChanges(session);
        return answerOf(data, errors, call, reportError);
      });
    } catch (error) {
      const problems = await recordUndone(recorder, caller, refusals, context);
      return { errors: [error, ...problems].map((each) => maskError(each, reportError)) };
    }
  };
}

/** The refusals of a call whose transaction was undone are on record all the same. What went wrong with it, too. */
async function recordUndone(
  recorder: Recorder,
  caller: Call['caller'],
  refusals: readonly RecordedRefusal[],
  context: CallContext,
): Promise<unknown[]> {
  if (!caller || refusals.length === 0) return [];
  return recorder.recordUndone(caller, refusals, context).then(
    () => [],
    (error: unknown) => [error],
  );
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

const run = (
  schema: GraphQLSchema,
  document: DocumentNode,
  { variables, operationName }: SubgraphRequest,
  call: Call,
) =>
  execute({
    schema,
    document,
    contextValue: call,
    ...(variables && { variableValues: variables }),
    ...(operationName && { operationName }),
  }) as Promise<ExecutionResult>;

function answerOf(
  data: ExecutionResult['data'],
  errors: readonly GraphQLError[],
  call: Call,
  reportError: ReportError,
) {
  const hidden = call.hidden.list();
  return {
    data,
    ...(errors.length > 0 && { errors: errors.map((error) => maskError(error, reportError)) }),
    ...(hidden.length > 0 && { extensions: { guestAccess: { hidden } } }),
  };
}
