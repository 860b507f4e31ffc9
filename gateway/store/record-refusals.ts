/** The gateway's own rows of the record of reading. */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import { decodeId } from '../../subgraphs/kernel/ids.ts';
import { insertRows } from '../../subgraphs/kernel/record/insert-rows.ts';
import { readRecordKey } from '../../subgraphs/kernel/record/keys.ts';
import { recordRow } from '../../subgraphs/kernel/record/row.ts';
import type { RecordRefusals } from '../policy/refusals.ts';
import type { Store } from './store.ts';
import { GATEWAY } from './tenant.ts';

/** `recordKey`: the gateway's own of the record. */
export function createRecordRefusals(store: Store, recordKey: string, { now }: Pick<Clock, 'now'>): RecordRefusals {
  const key = readRecordKey(recordKey);
  return async ({ caller, operation, refusals }) => {
    const row = recordRow({
      writer: GATEWAY.name,
      outcome: 'REFUSED',
      caller,
      operation,
      now: now(),
      // what is no id of a profile may be anything, and is not kept
      refusals: refusals.map((each) => ({
        ...each,
        profiles: each.profiles.flatMap((id) => decodeId('GuestProfile', id) ?? []),
      })),
    });
    await insertRows(store.em.fork().getKysely(), key, [row]);
  };
}
