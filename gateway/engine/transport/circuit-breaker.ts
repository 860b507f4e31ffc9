/**
 * Spares a subgraph that does not answer, and everybody who would wait for it: after some failures in a row its calls
 * fail at once; after a pause one is let through, and if that is answered all are.
 */
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { SubgraphCallFailed } from './call-failed.ts';

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

export type Circuit = <Result>(call: () => Promise<Result>) => Promise<Result>;

/** Throws SubgraphCallFailed CIRCUIT_OPEN where a call is not let through. */
export function createCircuit(
  subgraph: string,
  { failures, pauseMs }: CircuitSettings,
  observe: ObserveCircuit = () => {},
): Circuit {
  const breaker = circuitBreaker(
    // a trial that its client abandons closes the circuit, too: the count stands, so that the next failure opens it
    handleWhen((error) => error instanceof SubgraphCallFailed && FAULTS.has(error.code)),
    { halfOpenAfter: pauseMs, breaker: new ConsecutiveBreaker(failures) },
  );
  breaker.onStateChange((state) => observe(subgraph, nameOf(state)));
  return async (call) => {
    // others do not wait for the one that tries it: a subgraph that still hangs would hold them all
    if (breaker.state === CircuitState.HalfOpen) throw new SubgraphCallFailed(subgraph, 'CIRCUIT_OPEN');
    try {
      return await breaker.execute(call);
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new SubgraphCallFailed(subgraph, 'CIRCUIT_OPEN');
      throw error;
    }
  };
}

const nameOf = (state: CircuitState): CircuitName =>
  state === CircuitState.Closed ? 'closed' : state === CircuitState.HalfOpen ? 'half_open' : 'open';
