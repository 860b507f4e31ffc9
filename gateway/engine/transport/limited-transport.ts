/** The limits of a call, for a transport that has none of its own: calls in process. */
import type { SubgraphTransport } from '../engine.ts';
import { SubgraphCallFailed } from './call-failed.ts';
import { type CallLimits, inTime } from './time-limit.ts';

export const withLimits = (transport: SubgraphTransport, limits: CallLimits): SubgraphTransport => ({
  async call(subgraph, request, signal) {
    const answer = await inTime(subgraph, limits, signal, (limited) => transport.call(subgraph, request, limited));
    if (Buffer.byteLength(answer.body) > limits.maxBytes) throw new SubgraphCallFailed(subgraph, 'TOO_LARGE');
    return answer;
  },
});
