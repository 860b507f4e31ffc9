/** Requests that are not executed at all. */
import { GraphQLError } from 'graphql';
import { nestedTooDeep } from '../policy/limits/nested-too-deep.ts';

/**
 * The answer has errors and no `data` entry (https://spec.graphql.org/October2021/#sec-Response-Format, "request
 * errors").
 */
export class RequestRefused extends Error {
  override name = 'RequestRefused';
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super('The request was refused.');
    this.errors = errors;
  }
}

/**
 * An error of a step before execution refuses the request. So does what is nested too deep for one: validation and
 * planning follow a text, and coercion a value, by calling themselves.
 */
export function refusing<Value>(step: () => Value): Value {
  try {
    return step();
  } catch (error) {
    throw asRefusal(error);
  }
}

/** The same of a step that takes its time. */
export const refusingLater = <Value>(step: Promise<Value>): Promise<Value> =>
  step.catch((error: unknown) => {
    throw asRefusal(error);
  });

function asRefusal(error: unknown): unknown {
  if (isTooDeep(error)) return new RequestRefused([nestedTooDeep()]);
  return error instanceof GraphQLError ? new RequestRefused([error]) : error;
}

/** https://nodejs.org/api/errors.html#class-rangeerror; the text is V8's, which has no code for it. */
const isTooDeep = (error: unknown): boolean =>
  error instanceof RangeError && error.message === 'Maximum call stack size exceeded';

export const operationNotNamed = (): RequestRefused =>
  new RequestRefused([
    new GraphQLError('The document has several operations, or none of the name: say which as "operationName".', {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
    }),
  ]);

export const nothingForPartners = (): RequestRefused =>
  new RequestRefused([
    new GraphQLError('This graph has nothing for clients of partners.', { extensions: { code: 'FORBIDDEN' } }),
  ]);

export const subscriptionNotServed = (): RequestRefused =>
  new RequestRefused([
    new GraphQLError('Subscriptions are not served here: expected a query or a mutation.', {
      extensions: { code: 'BAD_REQUEST' },
    }),
  ]);
