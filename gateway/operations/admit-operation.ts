/** What a known operation passes with every request for it, by text or by id: limits of variables, types, rights. */
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { Engine } from '../engine/engine.ts';
import { isIntrospectionOn } from '../policy/introspection.ts';
import { rightsOf } from '../policy/rights.ts';
import type { GraphRules } from '../policy/rules.ts';
import { type Admission, refuseSchema } from './admit-document.ts';
import type { KnownOperation } from './known-operation.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';
import { createRecentlyUsed, type PreparationObserver } from './recently-used.ts';
import { coerceVariables } from './variables.ts';

export interface AdmissionSteps<Plan> extends Admission {
  rules: GraphRules;
  engine: Engine<Plan>;
  preparation?: PreparationObserver | undefined;
}

export interface AdmittedOperation<Plan> {
  prepared: PreparedOperation<Plan>;
  /** Coerced. */
  variables: Record<string, unknown>;
}

/** Throws RequestRefused, or GraphQLError for what is not admitted. */
type AdmitOperation<Plan> = (
  caller: Caller | null,
  known: KnownOperation,
  variables: Readonly<Record<string, unknown>>,
) => AdmittedOperation<Plan>;

export function createAdmitOperation<Plan>(steps: AdmissionSteps<Plan>): AdmitOperation<Plan> {
  const { apiSchema, rules, engine, limiter, introspection } = steps;
  const prepare = createPrepareOperation(apiSchema, rules, engine);
  const kept = createRecentlyUsed<PreparedOperation<Plan>>(steps.preparation);
  return (caller, { key, document, operation, counts, asksForSchema }, given) => {
    const seesSchema = isIntrospectionOn(introspection, caller);
    if (asksForSchema && !seesSchema) throw refuseSchema(introspection);
    limiter.admitVariables(counts, given);
    const variables = coerceVariables(apiSchema, operation, given, seesSchema);
    const rights = rightsOf(caller);
    const prepared = kept.get(`${rights.key}\n${key}`, () => prepare(document, operation, rights));
    return { prepared, variables };
  };
}
