/** What an error tells of the call to a subgraph that it comes from: who runs the graph can look there. */

import type { KnownNames } from './known-names.ts';
import type { LogFields } from './log-fields.ts';
import { CODE } from './value-types.ts';

export interface FailedCall {
  subgraph: string;
  failure: NonNullable<LogFields['failure']>;
  /** Of its answer, where that was the fault. */
  status?: number;
  /** Of the error that it answered with. */
  code?: unknown;
}

/** An error that knows it, or one that came of such. */
export interface OfCall extends Error {
  failedCall: FailedCall;
}

const MOST_CAUSES = 4;

/** Fields for the log, none where no call failed. The subgraph's code is told where it is one that is known. */
export function failedCallOf(error: unknown, names: KnownNames): Partial<FailedCall> & { code?: string } {
  const call = findCall(error);
  if (!call) return {};
  const { code, ...told } = call;
  return { ...told, ...(typeof code === 'string' && CODE.fits(code, names) && { code }) };
}

function findCall(error: unknown, causes = MOST_CAUSES): FailedCall | null {
  if (!(error instanceof Error)) return null;
  if ('failedCall' in error) return (error as OfCall).failedCall;
  const { originalError, cause = originalError } = error as Error & { originalError?: unknown };
  return causes > 0 ? findCall(cause, causes - 1) : null;
}
