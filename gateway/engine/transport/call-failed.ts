/** A call to a subgraph that gave no answer. For the log: nothing of it is for a client. */
import type { FailedCall, OfCall } from '../../../subgraphs/kernel/telemetry/failed-call.ts';

type CallFailure =
  /** No connection, no name, or one that ended before the answer did. */
  | 'UNREACHABLE'
  /** No whole answer in the time that a call is given. */
  | 'TIMEOUT'
  /** The request's own deadline passed. */
  | 'DEADLINE'
  /** The client went away. */
  | 'ABANDONED'
  /** It failed so often that it is not called for a while. */
  | 'CIRCUIT_OPEN'
  /** A status, a media type or an encoding that is no answer: a redirect, a page, a compressed body. */
  | 'NO_ANSWER'
  | 'TOO_LARGE'
  /** JSON that is no answer to what was asked. */
  | 'INVALID_ANSWER';

export class SubgraphCallFailed extends Error implements OfCall {
  override name = 'SubgraphCallFailed';
  readonly code: CallFailure;
  readonly failedCall: FailedCall;
  /** A kept-alive connection was closed by the other side before it answered: the call may not have reached it. */
  readonly wasStale: boolean;
  constructor(subgraph: string, code: CallFailure, { cause, wasStale = false, status }: FailureDetails = {}) {
    super(`The call to the subgraph "${subgraph}" failed: ${code}.`, cause === undefined ? {} : { cause });
    this.code = code;
    this.failedCall = { subgraph, failure: code, ...(status !== undefined && { status }) };
    this.wasStale = wasStale;
  }
}

interface FailureDetails {
  cause?: unknown;
  wasStale?: boolean;
  /** Of an answer that is none. */
  status?: number;
}

/** What a request's aborted signal says of its calls: its reason is a TimeoutError where the deadline passed. */
export const abortedCode = ({ reason }: AbortSignal): CallFailure =>
  reason instanceof DOMException && reason.name === 'TimeoutError' ? 'DEADLINE' : 'ABANDONED';
