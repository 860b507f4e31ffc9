import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';

/** A form that was made for guests of another school is theirs alone. Throws InvalidInput FORM_FOR_GUESTS. */
export async function refuseGuestForm(
  { db }: Session,
  schoolUrn: string,
  form: string | null | undefined,
): Promise<void> {
  if (!form) return;
  const { rows } = await sql`select from students.guest_form_name
    where school_urn = ${schoolUrn} and lower(name) = lower(${form}) limit 1`.execute(db);
  if (rows.length > 0)
    throw new InvalidInput({
      code: 'FORM_FOR_GUESTS',
      field: 'registrationForm',
      message: 'Expected a registration form of this school’s own students: this one is for guests of another school.',
    });
}
