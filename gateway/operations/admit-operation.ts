/** What a known operation passes with every request for it, by text or by id: limits of variables, types, cost, rights. */
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { isIntrospectionOn } from '../policy/introspection.ts';
import { type Admission, refuseSchema } from './admit-document.ts';
import type { KnownOperation } from './known-operation.ts';
import type { PreparedOperation } from './prepare-operation.ts';
import type { PreparedOperations } from './prepared-operations.ts';
import { coerceVariables } from './variables.ts';

export interface AdmittedOperation<Plan> {
  prepared: PreparedOperation<Plan> | Promise<PreparedOperation<Plan>>;
  /** Coerced. */
  variables: Record<string, unknown>;
}

/** Throws RequestRefused, or GraphQLError for what is not admitted. */
type AdmitOperation<Plan> = (
  caller: Caller | null,
  known: KnownOperation,
  variables: Readonly<Record<string, unknown>>,
) => AdmittedOperation<Plan>;

export function createAdmitOperation<Plan>(
  { apiSchema, limiter, introspection }: Admission,
  { preparedFor }: PreparedOperations<Plan>,
): AdmitOperation<Plan> {
  return (caller, known, given) => {
    const seesSchema = isIntrospectionOn(introspection, caller);
    if (known.asksForSchema && !seesSchema) throw refuseSchema(introspection);
    limiter.admitVariables(known.counts, given);
    const variables = coerceVariables(apiSchema, known.operation, given, seesSchema);
    limiter.admitCost(known.cost(variables));
    return { prepared: preparedFor(caller, known), variables };
  };
}
