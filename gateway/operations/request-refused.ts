/** Requests that are not executed at all. */
import { GraphQLError } from 'graphql';

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

/** An error of a step before execution refuses the request. */
export function refusing<Value>(step: () => Value): Value {
  try {
    return step();
  } catch (error) {
    throw error instanceof GraphQLError ? new RequestRefused([error]) : error;
  }
}

export const operationNotNamed = (): RequestRefused =>
  new RequestRefused([
    new GraphQLError('The document has several operations, or none of the name: say which as "operationName".', {
      extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
    }),
  ]);

export const subscriptionNotServed = (): RequestRefused =>
  new RequestRefused([
    new GraphQLError('Subscriptions are not served here: expected a query or a mutation.', {
      extensions: { code: 'BAD_REQUEST' },
    }),
  ]);
