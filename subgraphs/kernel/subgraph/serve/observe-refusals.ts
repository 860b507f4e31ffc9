/** Calls that the gate turned away: a forger, a gateway with other keys, or one whose clock is wrong. */
import type { EnvelopeRefused } from '../../envelope.ts';
import type { Telemetry } from '../../telemetry/telemetry.ts';

/** Each is counted; of a flood there is one line in so many milliseconds. */
const BETWEEN_LINES_MS = 60_000;

export function observeRefusals(
  { metering, names, log }: Pick<Telemetry, 'metering' | 'names' | 'log'>,
  subgraph: string,
  now: () => number = Date.now,
): (reason: EnvelopeRefused['reason']) => void {
  names.add('subgraph', [subgraph]);
  const counted = metering.counter({
    name: 'schoolgraph.envelopes.refused',
    description: 'Calls that were not sealed by a gateway of this graph for this subgraph, once and now.',
    unit: '{call}',
  });
  let toldAt = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (refusal) => {
    counted({ 'subgraph.name': subgraph, 'envelope.refusal': refusal });
    count += 1;
    if (now() - toldAt < BETWEEN_LINES_MS) return;
    log('Calls were refused whose envelope did not open.', { subgraph, refusal, count });
    toldAt = now();
    count = 0;
  };
}
