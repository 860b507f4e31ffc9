/** Keeps the names of the forms that were made for guests: no student of the school's own is put into one. */
import { sql } from 'kysely';
import type { EventHandler } from '../../kernel/events/worker.ts';

export const keepGuestForm: EventHandler = async ({ db }, { schoolUrn, aggregateId, name }) => {
  await sql`insert into students.guest_form_name (school_urn, form_id, name) values (${schoolUrn}, ${aggregateId}, ${name})
    on conflict (school_urn, form_id) do nothing`.execute(db);
};
