import { describe, expect, it } from 'vitest';
import type { RunningSubgraph } from '../../subgraphs/kernel/subgraph/open-subgraph.ts';
import { createInProcessTransport } from './in-process-transport.ts';

const request = { method: 'POST', path: '/graphql', headers: {}, body: '{}' };
const answer = { status: 200, body: '{"data":{}}' };

/** Of a subgraph the transport knows its name and that it handles requests. */
const subgraph = (name: string, handle: RunningSubgraph['handle']) => ({ name, handle });

describe('calls in process', () => {
  it('reach the subgraph of that name, as they are', async () => {
    const transport = createInProcessTransport([
      subgraph('students', async (sealed) => (sealed === request ? answer : { status: 500, body: '' })),
      subgraph('shared-teaching', async () => ({ status: 500, body: '' })),
    ]);
    expect(await transport.call('students', request, new AbortController().signal)).toEqual(answer);
  });

  it('to a subgraph that does not run here fail', async () => {
    const transport = createInProcessTransport([]);
    await expect(transport.call('students', request, new AbortController().signal)).rejects.toThrow(
      'does not run here',
    );
  });

  it('are not waited for once nobody wants the answer', async () => {
    const transport = createInProcessTransport([subgraph('students', () => new Promise(() => undefined))]);
    const controller = new AbortController();
    const call = transport.call('students', request, controller.signal);
    controller.abort();
    await expect(call).rejects.toThrow(/abort/i);
  });

  it('leave nothing behind on the signal', async () => {
    const transport = createInProcessTransport([subgraph('students', async () => answer)]);
    const { signal } = new AbortController();
    const warnings: Error[] = [];
    const listen = (warning: Error) => void warnings.push(warning);
    process.on('warning', listen);
    for (let call = 0; call < 20; call++) await transport.call('students', request, signal);
    await new Promise(setImmediate);
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });
});
