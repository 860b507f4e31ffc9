/**
 * When operations were last asked for, for who retires a list: to the hour, so that hardly a request costs a write. Marks
 * are written together, every few seconds where there are any; a gateway that is killed loses its last few.
 */
import type { Clock } from '../../subgraphs/kernel/clock.ts';
import type { ListedOperation } from '../operations/persisted/lists.ts';
import type { Store } from './store.ts';

const MARKED_EVERY_MS = 60 * 60 * 1_000;
const WRITTEN_EVERY_MS = 3_000;

interface MarksOfUse {
  used(listed: ListedOperation): void;
  /** Writes what is not written yet. */
  write(): Promise<void>;
  close(): Promise<void>;
}

interface MarksDeps {
  clock: Pick<Clock, 'now'>;
  /** Told where they could not be written; they are tried again. */
  unwritten(error: unknown): void;
}

export function openMarksOfUse(store: Store, { clock, unwritten }: MarksDeps): MarksOfUse {
  const marked = new WeakMap<ListedOperation, number>();
  const pending = new Set<ListedOperation>();
  const write = async (): Promise<void> => {
    const marks = [...pending];
    if (marks.length === 0) return;
    pending.clear();
    try {
      await store.em.fork().execute(MARK, [JSON.stringify(marks.map(placeOf)), clock.now()]);
    } catch (error) {
      for (const mark of marks) pending.add(mark);
      unwritten(error);
    }
  };
  const timer = setInterval(write, WRITTEN_EVERY_MS).unref();
  return {
    used(listed) {
      const now = clock.now().getTime();
      if (now - (marked.get(listed) ?? Number.NEGATIVE_INFINITY) < MARKED_EVERY_MS) return;
      marked.set(listed, now);
      pending.add(listed);
    },
    write,
    async close() {
      clearInterval(timer);
      await write();
    },
  };
}

const placeOf = ({ operation: { client, id }, version }: ListedOperation) => ({ client, version, id });

/** Another gateway may have marked it a moment ago. */
const MARK = `
  update gateway.persisted_list_entry e set last_used_at = used.at
  from (select client, version, id, now.at from jsonb_to_recordset(?::jsonb) as p (client text, version text, id text),
    (select ?::timestamptz as at) as now) as used
  where e.client = used.client and e.version = used.version and e.operation_id = used.id
    and (e.last_used_at is null or e.last_used_at < used.at - interval '1 hour')`;
