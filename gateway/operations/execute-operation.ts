/** What an operation passes after it has been parsed and validated: rights, guest access, the engine, completion. */
import { type DocumentNode, GraphQLError, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine, EngineRequest } from '../engine/engine.ts';
import type { GuestWall } from '../policy/guest-wall.ts';
import { rightsOf } from '../policy/rights.ts';
import type { GraphRules } from '../policy/rules.ts';
import { completeAnswer, type OperationResult } from './complete-answer.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';
import { createPreparedOperations } from './prepared-operations.ts';
import { coerceVariables } from './variables.ts';

interface IncomingOperation {
  /** The text, with the operation's name: what a prepared operation is kept by. */
  source: string;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Readonly<Record<string, unknown>>;
  caller: Caller | null;
  signal: AbortSignal;
}

export type ExecuteOperation = (incoming: IncomingOperation) => Promise<OperationResult>;

interface OperationSteps<Plan> {
  apiSchema: GraphQLSchema;
  rules: GraphRules;
  guestWall: GuestWall;
  engine: Engine<Plan>;
}

export function createExecuteOperation<Plan>(steps: OperationSteps<Plan>): ExecuteOperation {
  const { apiSchema, rules, guestWall, engine } = steps;
  const prepare = createPrepareOperation(apiSchema, rules, engine);
  const kept = createPreparedOperations<PreparedOperation<Plan>>();
  return async ({ source, document, operation, variables: given, caller, signal }) => {
    const rights = rightsOf(caller);
    const key = [rights.key, operation.name?.value ?? '', source].join('\n');
    const prepared = kept.get(key, () => prepare(document, operation, rights));
    const request: EngineRequest = { caller, grants: [], signal, hidden: [] };
    try {
      const variables = coerceVariables(apiSchema, operation, given);
      const grants = await guestWall.admit(prepared.restricted, variables, request);
      const answer =
        prepared.plan === null
          ? { data: {}, errors: [] }
          : await engine.execute(prepared.plan, variables, { ...request, grants });
      return completeAnswer(apiSchema, rules, prepared, variables, answer, request.hidden);
    } catch (error) {
      if (error instanceof GraphQLError) return { data: null, errors: [error] };
      throw error;
    }
  };
}
