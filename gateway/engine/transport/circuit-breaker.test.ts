import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SubgraphCallFailed } from './call-failed.ts';
import { createCircuit } from './circuit-breaker.ts';

const PAUSE_MS = 30;
const FAULT = new SubgraphCallFailed('people', 'UNREACHABLE');
const ABANDONED = new SubgraphCallFailed('people', 'ABANDONED');

function watched(failures = 2) {
  const states: string[] = [];
  const circuit = createCircuit('people', { failures, pauseMs: PAUSE_MS }, (_name, state) => states.push(state));
  const fail = (times = 1) => {
    for (let call = 0; call < times; call++) circuit.leave('any', FAULT);
  };
  return { circuit, states, fail };
}

describe('a circuit', () => {
  it('opens after failures in a row, and none but these count', () => {
    const { circuit, states, fail } = watched();
    fail();
    circuit.leave('any', null);
    fail();
    circuit.leave('any', ABANDONED);
    circuit.leave('any', new SubgraphCallFailed('people', 'UNREACHABLE', { wasStale: true }));
    expect(circuit.enter()).toBe('any');
    fail();
    expect(circuit.enter()).toBeNull();
    expect(states).toEqual(['open']);
  });

  it.each([
    [400, false],
    [401, false],
    [404, false],
    [413, false],
    [422, false],
    [408, true],
    [429, true],
    [302, true],
    [500, true],
    [503, true],
  ])('takes a subgraph that answers with %i for one that fails: %j', (status, isFault) => {
    const { circuit } = watched();
    for (let call = 0; call < 5; call++)
      circuit.leave('any', new SubgraphCallFailed('people', 'NO_ANSWER', { status }));
    expect(circuit.enter()).toBe(isFault ? null : 'any');
  });

  it('goes on counting where a request is refused between: that one was answered tells nothing of the others', () => {
    const { circuit, fail } = watched();
    fail();
    circuit.leave('any', new SubgraphCallFailed('people', 'NO_ANSWER', { status: 400 }));
    fail();
    expect(circuit.enter()).toBeNull();
  });

  it('lets one call through after its pause, and all once that was answered', async () => {
    const { circuit, states, fail } = watched();
    fail(2);
    await sleep(PAUSE_MS + 5);
    expect([circuit.enter(), circuit.enter()]).toEqual(['trial', null]);
    circuit.leave('trial', null);
    expect([circuit.enter(), circuit.enter()]).toEqual(['any', 'any']);
    expect(states).toEqual(['open', 'half_open', 'closed']);
  });

  it('opens again for a whole pause where that has failed', async () => {
    const { circuit, states, fail } = watched();
    fail(2);
    await sleep(PAUSE_MS + 5);
    circuit.leave(circuit.enter() ?? 'any', FAULT);
    expect(circuit.enter()).toBeNull();
    await sleep(PAUSE_MS + 5);
    expect(circuit.enter()).toBe('trial');
    expect(states).toEqual(['open', 'half_open', 'open', 'half_open']);
  });

  it('closes after a trial that its client gave up, and opens with the next failure', async () => {
    const { circuit, states, fail } = watched();
    fail(2);
    await sleep(PAUSE_MS + 5);
    circuit.leave(circuit.enter() ?? 'any', ABANDONED);
    expect(circuit.enter()).toBe('any');
    fail();
    expect(states).toEqual(['open', 'half_open', 'closed', 'open']);
  });

  it('is not closed by an answer to a call from before it opened', () => {
    const { circuit, states, fail } = watched();
    fail(2);
    circuit.leave('any', null);
    expect(circuit.enter()).toBeNull();
    expect(states).toEqual(['open']);
  });
});
