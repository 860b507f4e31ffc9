/** Writes what a call read, changed and was refused: in the call's own transaction, or not at all and no answer leaves. */
import type { KeyObject } from 'node:crypto';
import type { MikroORM } from '@mikro-orm/postgresql';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import type { Caller } from '../caller.ts';
import type { Clock } from '../clock.ts';
import { endReading, inTransaction } from '../database/transaction.ts';
import type { Call } from '../subgraph/call.ts';
import { insertRows } from './insert-rows.ts';
import { readingsOf, refusalsOf, rowsOfFields } from './readings-of-call.ts';
import { type RecordedOperation, type RecordedRefusal, type RecordRow, recordRow } from './row.ts';
import type { RecordedTypes } from './subject.ts';

export interface Recorder {
  /**
   * To be awaited before the call's transaction is committed; false where there was nothing to put on record. A read-only
   * call can read nothing afterwards.
   */
  record(call: Call, errors: readonly GraphQLError[], context: CallContext): Promise<boolean>;
  /** What a call was refused whose transaction was undone: in one of its own. */
  recordUndone(caller: Caller, refusals: readonly RecordedRefusal[], context: CallContext): Promise<void>;
}

export interface CallContext {
  readOnly: boolean;
  operation: RecordedOperation | null;
}

interface RecorderDeps {
  orm: MikroORM;
  /** The subgraph's name, and the key of its rows. */
  writer: string;
  key: KeyObject;
  clock: Clock;
}

export function createRecorder(schema: GraphQLSchema, types: RecordedTypes, deps: RecorderDeps): Recorder {
  const { orm, writer, key, clock } = deps;
  const rowsOf = rowsOfFields(schema);
  return {
    async record(call, errors, { readOnly, operation }) {
      const { caller, now } = call;
      // nobody reads a person's field without a scope, and what nobody was refused is counted, not recorded
      if (!caller) return false;
      const about = { writer, caller, operation, now };
      const { readings, wrote } = await readingsOf(call, types, rowsOf);
      const refusals = refusalsOf(call, errors);
      const outcome = wrote ? 'WROTE' : 'READ';
      const rows: RecordRow[] = [];
      if (readings.length > 0) rows.push(recordRow({ ...about, outcome, readings }));
      if (refusals.length > 0) rows.push(recordRow({ ...about, outcome: 'REFUSED', refusals }));
      if (rows.length === 0) return false;
      if (readOnly) await endReading(call);
      await insertRows(call.db, key, rows);
      return true;
    },
    async recordUndone(caller, refusals, { operation }) {
      const row = recordRow({ writer, caller, operation, now: clock.now(), outcome: 'REFUSED', refusals });
      await inTransaction(orm, { caller, clock, readOnly: false }, ({ db }) => insertRows(db, key, [row]));
    },
  };
}
