/** What an app may run: operations that its app grant names. A school lets an app in for a purpose, and that is all of it. */
import { GraphQLError } from 'graphql';
import type { Caller, CallerGrant } from '../../subgraphs/kernel/caller.ts';
import type { GatewayRefusal } from './refusals.ts';

/** Whether an app grant covers an operation of this name; null: it has none. */
export type CoversOperation = (grant: CallerGrant, operation: string | null) => boolean;

/** An operation that the caller's app grant does not cover. */
export class OperationNotGranted extends GraphQLError {
  readonly refusal: GatewayRefusal = { code: 'FORBIDDEN', field: null, rows: [], profiles: [] };

  constructor() {
    super('The app grant does not cover this operation: expected the name of one that it does.', {
      extensions: { code: 'FORBIDDEN' },
    });
  }
}

/** Persons run what they like. Throws OperationNotGranted. */
export function admitByGrant(caller: Caller | null, operation: string | null, covers: CoversOperation): void {
  if (caller?.kind === 'app' && !covers(caller.grant, operation)) throw new OperationNotGranted();
}
