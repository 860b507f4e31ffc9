/** Which subgraphs are not called for a while: in the metrics as 1 beside their state, and a line when it changes. */
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { CircuitName, ObserveCircuit } from '../engine/transport/circuit-breaker.ts';

export function observeCircuits({ metering, log }: Pick<Telemetry, 'metering' | 'log'>): ObserveCircuit {
  const states = new Map<string, CircuitName>();
  const about = { description: '1 for the state that a subgraph’s circuit is in; none has failed yet.', unit: '1' };
  metering.observed('gauge', { name: 'schoolgraph.subgraph.circuit', ...about }, () =>
    [...states].map(([subgraph, state]) => [1, { 'subgraph.name': subgraph, 'circuit.state': state }] as const),
  );
  return (subgraph, circuit) => {
    states.set(subgraph, circuit);
    log('The circuit of a subgraph changed.', { subgraph, circuit });
  };
}
