/** Published operations that are refused as the graph and its limits are now: in the metrics, and a line for each. */
import type { Telemetry } from '../../subgraphs/kernel/telemetry/telemetry.ts';
import type { BrokenOperation } from '../operations/persisted/catalogue.ts';
import { isSha256 } from '../operations/persisted/operation-id.ts';

/** To be given all that there are, whenever they may be others; a line is written for what was not among them before. */
export function observeBrokenOperations({
  metering,
  log,
  names,
}: Pick<Telemetry, 'metering' | 'log' | 'names'>): (broken: readonly BrokenOperation[]) => void {
  let now: readonly { client: string; code: string }[] = [];
  const about = { description: 'Published operations that are refused, by why.', unit: '{operation}' };
  metering.observed('gauge', { name: 'schoolgraph.operations.broken', ...about }, () =>
    [...Map.groupBy(now, ({ client, code }) => `${client} ${code}`).values()].flatMap((same) =>
      same.slice(0, 1).map(({ client, code }) => [same.length, { 'client.name': client, 'error.code': code }] as const),
    ),
  );
  const told = new WeakSet<BrokenOperation>();
  return (broken) => {
    now = broken.map(({ operation: { client }, refusal }) => ({ client, code: String(refusal.extensions.code) }));
    for (const each of broken) {
      if (told.has(each)) continue;
      told.add(each);
      const { operation, refusal } = each;
      const { client, id, hash: operationHash } = operation;
      names.add('client', [client]);
      log('A published operation does not hold in the graph as it is served here; it is refused.', {
        client,
        code: String(refusal.extensions.code),
        ...(isSha256(id) && { operationId: id }),
        operationHash,
      });
    }
  };
}
