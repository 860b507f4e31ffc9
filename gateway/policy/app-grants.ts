/** What an app may run: listed operations that its app grant names. A school lets an app in for a purpose, and that is all of it. */
import { GraphQLError } from 'graphql';
import type { Caller, CallerGrant } from '../../subgraphs/kernel/caller.ts';
import type { GatewayRefusal } from './refusals.ts';

/** Whether an app grant names an operation. */
export type CoversOperation = (grant: CallerGrant, operation: string) => boolean;

/** An operation that the caller's app grant does not cover. */
export class OperationNotGranted extends GraphQLError {
  readonly refusal: GatewayRefusal = { code: 'FORBIDDEN', field: null, rows: [], profiles: [] };

  constructor() {
    super('The app grant does not cover this operation: expected one that it names, of the list of its client.', {
      extensions: { code: 'FORBIDDEN' },
    });
  }
}

/**
 * Persons run what they like. `listed`: the name of a published operation; null for any other text, which could have
 * whatever name its sender likes. Throws OperationNotGranted.
 */
export function admitByGrant(caller: Caller | null, listed: string | null, covers: CoversOperation): void {
  if (caller?.kind === 'app' && (listed === null || !covers(caller.grant, listed))) throw new OperationNotGranted();
}
