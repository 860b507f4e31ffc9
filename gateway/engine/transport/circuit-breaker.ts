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

/** What tells of the subgraph's state. A client that goes away does not, nor does an answer that is too large. */
const FAULTS: ReadonlySet<string> = new Set(['UNREACHABLE', 'TIMEOUT', 'NO_ANSWER']);

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
      // a trial that its client abandons closes the circuit, too: the count stands, so that the next failure opens it
      if (passage === 'trial' && state === 'half_open') change('closed');
    },
  };
}

/** A kept connection that was closed meanwhile tells nothing of whether the subgraph serves. */
const isFault = ({ code, wasStale }: SubgraphCallFailed): boolean => FAULTS.has(code) && !wasStale;
