/** A request for the graph once it is known whose it is and what it says, and what its answer says beside the result. */
import type { IncomingHttpHeaders } from 'node:http';
import type { OperationRequest } from '../operations/run-operation.ts';
import type { Payer } from '../policy/throttles/payer.ts';

export interface GraphRequest {
  method: 'GET' | 'POST';
  /** Of `/graphql/:id`; undefined for `/graphql`. */
  pathId: string | undefined;
  /** Of a GET's address, from the question mark on; empty without one. */
  search: string;
  headers: IncomingHttpHeaders;
  /** Parsed JSON; undefined for a GET, and where there is none. */
  body: unknown;
  /** What its operation is run with, but for the variables. */
  own: Pick<OperationRequest, 'caller' | 'signal' | 'charged' | 'explain'> & { payer: Payer };
}
