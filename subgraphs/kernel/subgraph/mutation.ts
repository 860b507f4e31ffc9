/** How a mutation is resolved: done whole or not at all; input that a person can put right comes back as `userErrors`. */
import { atomically } from '../database/transaction.ts';
import { InvalidInput, type UserError } from '../errors.ts';
import type { Call } from './call.ts';

/**
 * Runs a use case, and gives its payload with `userErrors` beside. After a refusal of the input every other field of the
 * payload is null. Loaders are made anew, so that the payload reads what was written.
 */
export async function mutate<Payload extends object>(
  call: Call,
  work: () => Promise<Payload>,
): Promise<(Payload | Record<keyof Payload, null>) & { userErrors: UserError[] }> {
  try {
    const payload = await atomically(call, work);
    call.renewLoaders();
    return { ...payload, userErrors: [] };
  } catch (error) {
    if (error instanceof InvalidInput) return { userErrors: error.userErrors } as never;
    throw error;
  }
}
