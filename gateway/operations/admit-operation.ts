/** What a known operation passes with every request for it, by text or by id: limits of variables, types, cost, rights. */
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import { isIntrospectionOn } from '../policy/introspection.ts';
import type { Charge, ClientThrottles } from '../policy/throttles/client-throttles.ts';
import type { Payer } from '../policy/throttles/payer.ts';
import { type Admission, refuseSchema } from './admit-document.ts';
import type { KnownOperation } from './known-operation.ts';
import type { PreparedOperation } from './prepare-operation.ts';
import type { PreparedOperations } from './prepared-operations.ts';
import { coerceVariables } from './variables.ts';

interface AdmittedOperation<Plan> {
  prepared: PreparedOperation<Plan> | Promise<PreparedOperation<Plan>>;
  /** Coerced. */
  variables: Record<string, unknown>;
  cost: number;
}

interface AdmittedRequest {
  /** As they came. */
  variables: Readonly<Record<string, unknown>>;
  payer: Payer;
  /** Nothing is taken for what is not run. */
  isFree: boolean;
  /** Told what it costs and what is left, also where that is not enough. */
  charged(charge: Charge): void;
}

/** Throws RequestRefused, or GraphQLError for what is not admitted. */
type AdmitOperation<Plan> = (
  caller: Caller | null,
  known: KnownOperation,
  request: AdmittedRequest,
) => AdmittedOperation<Plan>;

export function createAdmitOperation<Plan>(
  { limiter, introspection, viewOf, throttles }: Admission & { throttles: ClientThrottles },
  { preparedFor }: PreparedOperations<Plan>,
): AdmitOperation<Plan> {
  return (caller, known, { variables: given, payer, isFree, charged }) => {
    if (known.view.name !== viewOf(caller?.client?.name))
      throw new Error('The operation is known in another view of the schema.');
    const seesSchema = isIntrospectionOn(introspection, caller);
    if (known.asksForSchema && !seesSchema) throw refuseSchema(introspection);
    limiter.admitVariables(known.counts, given);
    const variables = coerceVariables(known.view.schema, known.operation, given, seesSchema);
    const cost = known.cost(variables);
    limiter.admitCost(cost);
    const { refused, ...charge } = throttles.charge(payer, isFree ? 0 : cost);
    charged(charge);
    if (refused) throw refused;
    return { prepared: preparedFor(caller, known, payer), variables, cost };
  };
}
