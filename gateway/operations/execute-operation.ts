/** What an operation passes after it has been parsed and validated: rights, guest access, the engine. */
import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine, EngineRequest, EngineResult } from '../engine/engine.ts';
import type { GuestWall } from '../policy/guest-mutations.ts';
import { authorisationOf } from '../policy/requirement.ts';
import type { Supergraph } from '../supergraph/supergraph.ts';
import { createPreparedOperations } from './prepared-operations.ts';
import { coerceVariables } from './variables.ts';

export interface IncomingOperation {
  /** The text, with the operation's name: what a prepared operation is kept by. */
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
  caller: Caller | null;
  signal: AbortSignal;
}

export type ExecuteOperation = (incoming: IncomingOperation) => Promise<EngineResult>;

export function createExecuteOperation(
  { apiSchema }: Supergraph,
  engine: Engine,
  guestWall: GuestWall,
): ExecuteOperation {
  const prepared = createPreparedOperations();
  return async ({ source, document, operation, variables: given, caller, signal }) => {
    const authorisation = authorisationOf(caller);
    const key = [authorisation.key, operation.name?.value ?? '', source].join('\n');
    const ready = prepared.get(key, () => engine.prepare(document, operation, authorisation));
    const request: EngineRequest = { caller, grants: [], signal, hidden: [] };
    try {
      const variables = coerceVariables(apiSchema, operation, given);
      const grants = await guestWall.admit(ready.restricted, variables, request);
      return await engine.execute(ready, variables, { ...request, grants });
    } catch (error) {
      if (error instanceof GraphQLError) return { data: null, errors: [error] };
      throw error;
    }
  };
}
