/**
 * Spares a subgraph that does not answer, and everybody who would wait for it: after some failures in a row its calls
 * fail at once; after a pause one is let through, and if that is answered all are.
 */
import type { SubgraphCallFailed } from './call-failed.ts';

export interface CircuitSettings {
  /** Failed calls in a row after which it opens. */
  failures: number;
  /** How long it stays open, in milliseconds. */
  pauseMs: number;
}

export const CIRCUIT: CircuitSettings = { failures: 5, pauseMs: 2_000 };

/**
 * What tells of the subgraph's state. A client that goes away does not, nor does an answer that is too large, or is none to
 * what was asked: one operation may have it so each time, and those of others not.
 */
const FAULTS: ReadonlySet<string> = new Set(['UNREACHABLE', 'TIMEOUT', 'NO_ANSWER']);

/** Of the statuses that blame the request those that tell of the subgraph: it waited too long for it, or has too many. */
const ITS_OWN_STATE: ReadonlySet<number> = new Set([408, 429]);

export type CircuitName = 'closed' | 'half_open' | 'open';

/** Told whenever it changes. */
export type ObserveCircuit = (subgraph: string, state: CircuitName) => void;

/** How a call was let through: as any, or to find out whether it is answered. */
export type Passage = 'any' | 'trial';

export interface Circuit {
  /** Null where a call is not let through. */
  enter(): Passage | null;
  /** Of every call that was; `failure` is null where it was answered. */
  leave(passage: Passage, failure: SubgraphCallFailed | null): void;
}

export function createCircuit(
  subgraph: string,
  { failures, pauseMs }: CircuitSettings,
  observe: ObserveCircuit = () => {},
): Circuit {
  let state: CircuitName = 'closed';
  let failedInARow = 0;
  let openUntil = 0;
  const change = (to: CircuitName): void => {
    if (to === 'open') openUntil = performance.now() + pauseMs;
    state = to;
    observe(subgraph, to);
  };
  return {
    enter() {
      if (state === 'closed') return 'any';
      // others do not wait for the one that tries it: a subgraph that still hangs would hold them all
      if (state === 'half_open' || performance.now() < openUntil) return null;
      change('half_open');
      return 'trial';
    },
    leave(passage, failure) {
      if (!failure) failedInARow = 0;
      if (failure && isFault(failure)) {
        failedInARow += 1;
        if (state !== 'open' && (passage === 'trial' || failedInARow >= failures)) change('open');
        return;
      }
      // so does a trial that tells nothing, of a client that left or a request that was refused: the count stands, so that
      // the next failure opens it
      if (passage === 'trial' && state === 'half_open') change('closed');
    },
  };
}

/** A kept connection that was closed meanwhile tells nothing of whether the subgraph serves. */
const isFault = ({ code, wasStale, failedCall: { status } }: SubgraphCallFailed): boolean =>
  FAULTS.has(code) && !wasStale && !(status !== undefined && blamesRequest(status));

/** What one client sends may be refused each time (RFC 9110, 15.5): that is no reason to refuse everybody. */
const blamesRequest = (status: number): boolean => status >= 400 && status < 500 && !ITS_OWN_STATE.has(status);
