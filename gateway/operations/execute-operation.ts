/** What an operation passes after it has been parsed: limits, introspection, validation, rights, guest access, the engine, completion. */
import { randomUUID } from 'node:crypto';
import { type DocumentNode, GraphQLError, type OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine, EngineRequest } from '../engine/engine.ts';
import type { GuestWall } from '../policy/guest-wall.ts';
import { isIntrospectionOn } from '../policy/introspection.ts';
import { type GatewayRefusal, GuestWriteRefused, type RecordRefusals, refusedFields } from '../policy/refusals.ts';
import { rightsOf } from '../policy/rights.ts';
import type { GraphRules } from '../policy/rules.ts';
import { type Admission, createAdmitDocument } from './admit-document.ts';
import { completeAnswer, type OperationResult } from './complete-answer.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';
import { createRecentlyUsed, type PreparationObserver } from './recently-used.ts';
import { operationNotNamed, RequestRefused, refusing, subscriptionNotServed } from './request-refused.ts';
import { coerceVariables } from './variables.ts';

interface IncomingOperation {
  /** The text, with the operation's name: what a prepared operation is kept by. */
  source: string;
  document: DocumentNode;
  /** Undefined where the document has none of the name that was asked for. */
  operation: OperationDefinitionNode | undefined;
  variables: Readonly<Record<string, unknown>>;
  caller: Caller | null;
  signal: AbortSignal;
}

export type ExecuteOperation = (incoming: IncomingOperation) => Promise<OperationResult>;

interface OperationSteps<Plan> extends Admission {
  rules: GraphRules;
  guestWall: GuestWall;
  engine: Engine<Plan>;
  /** Left out for a graph without rules of ours. */
  recordRefusals?: RecordRefusals | undefined;
  preparation?: PreparationObserver | undefined;
}

export function createExecuteOperation<Plan>(steps: OperationSteps<Plan>): ExecuteOperation {
  const { apiSchema, rules, guestWall, engine, limiter } = steps;
  const admit = createAdmitDocument(steps);
  const prepare = createPrepareOperation(apiSchema, rules, engine);
  const kept = createRecentlyUsed<PreparedOperation<Plan>>(steps.preparation);

  /** Throws RequestRefused. */
  const ready = ({ source, document, operation, variables: given, caller }: IncomingOperation) => {
    const seesSchema = isIntrospectionOn(steps.introspection, caller);
    const counts = admit(source, document, seesSchema);
    if (!operation) throw operationNotNamed();
    if (operation.operation === 'subscription') throw subscriptionNotServed();
    limiter.admitVariables(counts, given);
    const variables = coerceVariables(apiSchema, operation, given, seesSchema);
    const rights = rightsOf(caller);
    const key = [rights.key, operation.name?.value ?? '', source].join('\n');
    return { variables, prepared: kept.get(key, () => prepare(document, operation, rights)) };
  };

  return async (incoming) => {
    const { caller, signal } = incoming;
    const operation = { id: randomUUID(), name: incoming.operation?.name?.value ?? null };
    const request: EngineRequest = { caller, operation, grants: [], signal, hidden: [] };
    const record = async (refusals: readonly GatewayRefusal[]) => {
      // what nobody was refused is counted, not recorded: anybody could write as many rows as they like
      if (caller && refusals.length > 0) await steps.recordRefusals?.({ caller, operation, refusals });
    };
    try {
      const { prepared, variables } = refusing(() => ready(incoming));
      const recorded = record(refusedFields(prepared.restricted.leftOut));
      const answer = await withRecord(recorded, async () => {
        const grants = await guestWall.admit(prepared.restricted, variables, request);
        if (prepared.plan === null) return { data: {}, errors: [] };
        return engine.execute(prepared.plan, variables, { ...request, grants });
      });
      return completeAnswer(apiSchema, rules, prepared, variables, answer, request.hidden);
    } catch (error) {
      if (error instanceof RequestRefused) return { errors: error.errors };
      if (error instanceof GuestWriteRefused) await record([error.refusal]);
      if (error instanceof GraphQLError) return { data: null, errors: [error] };
      throw error;
    }
  };
}

/** What `work` gives, or fails with, once the record is written. Throws where it could not be. */
async function withRecord<Result>(recorded: Promise<void>, work: () => Promise<Result>): Promise<Result> {
  const [record, result] = await Promise.allSettled([recorded, work()]);
  if (record.status === 'rejected') throw record.reason;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
