/** Events leave in the transaction of the change they tell of. Payloads hold ids and states, never a person's details. */
import { sql } from 'kysely';
import type { Session } from '../database/transaction.ts';
import { newUuid } from '../ids.ts';

export interface EventPayload {
  /** Unique: a handler that has seen it does nothing. */
  eventId: string;
  /** URN of the school whose rows the handler may touch. */
  schoolUrn: string;
  /** The aggregate's id (a UUID, or a URN for a school) and its version: an older one than the last seen is dropped. */
  aggregateId: string;
  version: number;
}

/** Fields beyond `EventPayload` are described in `schema/events/<event>.json`. */
export async function emit(
  { db }: Session,
  event: string,
  payload: Omit<EventPayload, 'eventId'> & Record<string, unknown>,
): Promise<void> {
  const body = JSON.stringify({ eventId: newUuid(), ...payload });
  await sql`select kernel.emit(${event}, ${body}::json)`.execute(db);
}
