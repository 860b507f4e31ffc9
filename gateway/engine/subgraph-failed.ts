import type { FailedCall, OfCall } from '../../subgraphs/kernel/telemetry/failed-call.ts';

/** Behind an error that a subgraph answered with: which one it was. For the log; a client sees nothing of it. */
export class SubgraphFailed extends Error implements OfCall {
  override name = 'SubgraphFailed';
  readonly failedCall: FailedCall;
  constructor(subgraph: string, code: unknown) {
    super(`The subgraph "${subgraph}" answered with an error.`);
    this.failedCall = { subgraph, failure: 'SUBGRAPH_ERROR', code };
  }
}
