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

/** Throws SubgraphCallFailed in time. What has begun runs to its end, but nobody waits for it any more. */
export async function inTime<Result>(
  subgraph: string,
  { timeoutMs }: Pick<CallLimits, 'timeoutMs'>,
  signal: AbortSignal,
  work: () => Promise<Result>,
): Promise<Result> {
  if (signal.aborted) throw new SubgraphCallFailed(subgraph, abortedCode(signal));
  const { promise: over, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new SubgraphCallFailed(subgraph, abortedCode(signal)));
  const timer = setTimeout(() => reject(new SubgraphCallFailed(subgraph, 'TIMEOUT')), timeoutMs);
  signal.addEventListener('abort', onAbort);
  try {
    return await Promise.race([work(), over]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
