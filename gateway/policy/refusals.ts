/** What the gateway refuses before a subgraph is called: refusals are put on record, as subgraphs do it for theirs. */
import { GraphQLError } from 'graphql';
import type { Caller } from '../../subgraphs/kernel/caller.ts';
import type { OperationIdentity } from '../engine/engine.ts';

export interface GatewayRefusal {
  code: string;
  /** By its place in the schema: `GuestProfile.upn`; null for what is about the operation. */
  field: string | null;
  /** Rows of the guest matrix. */
  rows: readonly string[];
  /** Ids of guest profiles as the client gave them. */
  profiles: readonly string[];
}

interface RefusedRequest {
  caller: Caller;
  operation: OperationIdentity;
  refusals: readonly GatewayRefusal[];
}

/** The answer leaves when it has resolved. */
export type RecordRefusals = (refused: RefusedRequest) => Promise<void>;

/** A refusal of the wall for writes. Which profiles it is about, its client is not told again. */
export class GuestWriteRefused extends GraphQLError {
  readonly refusal: GatewayRefusal;

  constructor(
    message: string,
    extensions: { code: string; fields?: readonly { field: string }[] },
    profiles: string[],
  ) {
    super(message, { extensions });
    const rows = [...new Set((extensions.fields ?? []).map(({ field }) => field))];
    this.refusal = { code: extensions.code, field: null, rows, profiles };
  }
}

/** Fields that were left out for lack of a scope, each once. */
export const refusedFields = (coordinates: readonly string[]): GatewayRefusal[] =>
  coordinates.map((field) => ({ code: 'UNAUTHORIZED_FIELD_OR_TYPE', field, rows: [], profiles: [] }));
