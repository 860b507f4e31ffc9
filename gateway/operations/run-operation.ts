/** What every known operation passes, by text or by id: admission, the record of refusals, guest access, the engine, completion. */
import { randomUUID } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { EngineRequest } from '../engine/engine.ts';
import { admitByGrant, type CoversOperation, OperationNotGranted } from '../policy/app-grants.ts';
import type { GuestWall } from '../policy/guest-wall.ts';
import { isIntrospectionOn } from '../policy/introspection.ts';
import { type GatewayRefusal, GuestWriteRefused, type RecordRefusals, refusedFields } from '../policy/refusals.ts';
import type { SchemaView } from '../policy/schema-views.ts';
import type { Charge } from '../policy/throttles/client-throttles.ts';
import { type Payer, unknownPayer } from '../policy/throttles/payer.ts';
import { PLANNING_RETRY_MS } from '../policy/throttles/planning-turns.ts';
import { Throttled } from '../policy/throttles/throttled.ts';
import type { Admission } from './admit-document.ts';
import { createAdmitOperation } from './admit-operation.ts';
import { completeAnswer, type OperationResult } from './complete-answer.ts';
import { type Explain, type Explanation, explainedBeside, notExplained } from './explanation.ts';
import type { KnownOperation } from './known-operation.ts';
import type { PreparedOperation } from './prepare-operation.ts';
import type { PreparationSteps, PreparedOperations } from './prepared-operations.ts';
import { RequestRefused, refusing, refusingLater } from './request-refused.ts';

export interface OperationRequest {
  variables: Readonly<Record<string, unknown>>;
  caller: Caller | null;
  signal: AbortSignal;
  /** Whose share it is taken from; whoever it is where it is not said, and no better off than a stranger. */
  payer?: Payer | undefined;
  /** Told what it costs and what is left, also where that is not enough. */
  charged?: ((charge: Charge) => void) | undefined;
  /** Whether the plan is asked for; who may not ask for the schema is not told. */
  explain?: Explain | undefined;
  /** It takes its answer as text where that came as it is to be sent. */
  takesText?: boolean;
}

export type RunOperation = (known: KnownOperation, request: OperationRequest) => Promise<OperationResult>;

export interface OperationSteps<Plan> extends Admission, PreparationSteps<Plan> {
  guestWall: GuestWall;
  /** Left out where no app calls: then none may run anything. */
  coversOperation?: CoversOperation | undefined;
  /** Left out for a graph without rules of ours. */
  recordRefusals?: RecordRefusals | undefined;
  /** Told of the fields that a dry run would have left out, by their place in the schema, with each request. */
  observeDryRun?: ((fields: readonly string[]) => void) | undefined;
}

export function createRunOperation<Plan>(
  steps: OperationSteps<Plan>,
  prepared: PreparedOperations<Plan>,
): RunOperation {
  const { apiSchema, introspection, rules, guestWall, engine, coversOperation = () => false } = steps;
  const admit = createAdmitOperation(steps, prepared);
  return async (known, asked) => {
    const { caller, variables: given, signal, payer = unknownPayer(), charged = () => {} } = asked;
    const { explain, takesText = false } = asked;
    // a plan has names in it of more than a contract
    const seesAll = known.view.name === 'whole' && isIntrospectionOn(introspection, caller);
    const isExplained = explain !== undefined && seesAll;
    const isDryRun = explain === 'instead';
    if (isDryRun && !isExplained) return { errors: [notExplained()] };
    const operation = { id: randomUUID(), name: known.operation.name?.value ?? null };
    const request: EngineRequest = { caller, operation, grants: [], signal, hidden: [] };
    const record = async (refusals: readonly GatewayRefusal[]) => {
      // what nobody was refused is counted, not recorded: anybody could write as many rows as they like
      if (caller && refusals.length > 0) await steps.recordRefusals?.({ caller, operation, refusals });
    };
    try {
      admitByGrant(caller, known.published?.name ?? null, coversOperation);
      const paid = { variables: given, payer, charged, isFree: isDryRun };
      const { prepared: made, variables, cost } = refusing(() => admit(caller, known, paid));
      const prepared = made instanceof Promise ? await refusingLater(untilAborted(signal, made)) : made;
      const explanation = isExplained ? { ...(await planOf(steps, prepared.plan, known.view, payer)), cost } : null;
      if (isDryRun && !prepared.refusal)
        return explainedBeside({ data: null, errors: prepared.restricted.errors }, explanation);
      const { leftOut } = prepared.restricted;
      const recorded = leftOut.length > 0 ? record(refusedFields(leftOut)) : null;
      if (prepared.refusal) {
        await recorded;
        return { errors: [prepared.refusal] };
      }
      if (prepared.dryRun.leftOut.length > 0) steps.observeDryRun?.(prepared.dryRun.leftOut);
      const answer = await withRecord(recorded, async () => {
        const grants = await guestWall.admit(prepared.restricted, variables, request);
        if (prepared.plan === null) return { data: {}, errors: [] };
        const inText = takesText && !isExplained ? askedInText(prepared, variables) : null;
        return engine.execute(prepared.plan, variables, { ...request, grants, asked: inText });
      });
      if (answer.text !== undefined) return { errors: [], text: answer.text };
      const completed = completeAnswer(apiSchema, rules, prepared, variables, answer, request.hidden);
      return explainedBeside(completed, explanation);
    } catch (error) {
      if (error instanceof RequestRefused) return { errors: error.errors };
      if (error instanceof GuestWriteRefused || error instanceof OperationNotGranted) await record([error.refusal]);
      if (error instanceof OperationNotGranted) return { errors: [error] };
      if (error instanceof GraphQLError) return { data: null, errors: [error] };
      throw error;
    }
  };
}

/** Null where an answer says more than a subgraph's does. */
const askedInText = (
  { restricted, dryRun, projectionFor }: PreparedOperation<unknown>,
  variables: Readonly<Record<string, unknown>>,
) => (restricted.errors.length + dryRun.errors.length > 0 ? null : projectionFor(variables).asked);

/** In a turn of who asks for it: it is planned anew. */
async function planOf<Plan>(
  { engine, throttles }: Pick<OperationSteps<Plan>, 'engine' | 'throttles'>,
  plan: Plan | null,
  { schema }: SchemaView,
  payer: Payer,
): Promise<Pick<Explanation, 'queryPlan'>> {
  const { describe } = engine;
  if (!describe) return {};
  return { queryPlan: plan === null ? null : await throttles.turns.take(payer.key, () => describe(plan, schema)) };
}

/** What is made ready goes on, for others, when the request that waits for it has ended. */
export async function untilAborted<Value>(signal: AbortSignal, value: Promise<Value>): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Throttled('planning', PLANNING_RETRY_MS));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([value, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

/** What `work` gives, or fails with, once the record is written. Throws where it could not be. */
async function withRecord<Result>(recorded: Promise<void> | null, work: () => Promise<Result>): Promise<Result> {
  if (!recorded) return work();
  const [record, result] = await Promise.allSettled([recorded, work()]);
  if (record.status === 'rejected') throw record.reason;
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
