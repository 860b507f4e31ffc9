/** What is watched of one request, by whoever watches. */

/** By its method and its route: both are told where they are known ones, and as others where they are not. */
export type ObserveRequest = (method: string, route: string | undefined) => ObservedRequest;

export interface ObservedRequest {
  /** For the header `traceresponse`: https://w3c.github.io/trace-context/#traceresponse-header */
  readonly traceparent: string;
  /** Whatever is done for it is to run in here: its lines of the log and its calls are found to be its own by that. */
  within<Result>(work: () => Result): Result;
  /** Once, with its answer's status: when that was sent whole, or without one when the client went away before. */
  end(status: number | undefined): void;
}
