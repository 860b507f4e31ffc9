/** Waits for a call no longer than a call may take, and no longer than anybody wants it. */
import { abortedCode, SubgraphCallFailed } from './call-failed.ts';

export interface CallLimits {
  /** Of one call, in milliseconds. */
  timeoutMs: number;
  /** Of one answer's body. */
  maxBytes: number;
}

/** 10 MiB: a page of 100 rows with everything in them is a hundredth of it. */
export const MAX_ANSWER_BYTES = 10 * 1024 * 1024;

/** Throws SubgraphCallFailed in time, whether `work` heeds its signal or not. */
export async function inTime<Result>(
  subgraph: string,
  { timeoutMs }: Pick<CallLimits, 'timeoutMs'>,
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  if (signal.aborted) throw new SubgraphCallFailed(subgraph, abortedCode(signal));
  const limit = new AbortController();
  const { promise: over, reject } = Promise.withResolvers<never>();
  const end = (failure: SubgraphCallFailed) => {
    reject(failure);
    limit.abort(failure);
  };
  const onAbort = () => end(new SubgraphCallFailed(subgraph, abortedCode(signal)));
  const timer = setTimeout(() => end(new SubgraphCallFailed(subgraph, 'TIMEOUT')), timeoutMs);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(limit.signal), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
