/** Registration forms for guests: made when the first guest of a home school and year group needs one. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { Refused } from '../../kernel/errors.ts';
import { emit } from '../../kernel/events/emit.ts';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { newUuid } from '../../kernel/ids.ts';
import { guestFormName } from '../domain/guest-form-name.ts';

export interface GuestForms {
  /** UUID of the form for guests of this year group at a teaching school. */
  formFor(teachingSchoolUrn: string, yearGroup: YearGroup | null): Promise<string>;
}

/** Remembers what it has found, for one piece of work. */
export function createGuestForms(session: Session, homeSchoolUrn: string): GuestForms {
  const known = new Map<string, string>();
  return {
    async formFor(teachingSchoolUrn, yearGroup) {
      const key = `${teachingSchoolUrn} ${yearGroup}`;
      const form = { homeSchoolUrn, teachingSchoolUrn, yearGroup };
      const id = known.get(key) ?? (await findForm(session, form)) ?? (await makeForm(session, form));
      known.set(key, id);
      return id;
    },
  };
}

interface FormKey {
  homeSchoolUrn: string;
  teachingSchoolUrn: string;
  yearGroup: YearGroup | null;
}

async function findForm({ db }: Session, form: FormKey): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from shared_teaching.registration_form
    where teaching_school_urn = ${form.teachingSchoolUrn} and home_school_urn = ${form.homeSchoolUrn}
      and year_group is not distinct from ${form.yearGroup}`.execute(db);
  return rows[0]?.id ?? null;
}

/** A name that is taken, by a form which the home school may not even see, is passed over. */
async function makeForm(session: Session, form: FormKey): Promise<string> {
  const school = await nameOfHomeSchool(session, form);
  for (let attempt = 1; ; attempt += 1) {
    const [id, name] = [newUuid(), guestFormName(school, form.yearGroup, attempt)];
    const made = await sql`
      insert into shared_teaching.registration_form (teaching_school_urn, id, home_school_urn, year_group, name)
      values (${form.teachingSchoolUrn}, ${id}, ${form.homeSchoolUrn}, ${form.yearGroup}, ${name})
      on conflict do nothing`.execute(session.db);
    if (made.numAffectedRows) {
      await emit(session, 'guest-form.created', {
        schoolUrn: form.teachingSchoolUrn,
        aggregateId: id,
        version: 1,
        name,
      });
      return id;
    }
    // somebody else may have made this very form a moment ago
    const found = await findForm(session, form);
    if (found) return found;
  }
}

async function nameOfHomeSchool({ db }: Session, { homeSchoolUrn, teachingSchoolUrn }: FormKey): Promise<string> {
  const { rows } = await sql<{ name: string }>`
    select coalesce(p.guest_form_name, s.name) as name from shared_teaching.school_site s
    left join shared_teaching.partnership p
      on p.home_school_urn = s.urn and p.teaching_school_urn = ${teachingSchoolUrn}
    where s.urn = ${homeSchoolUrn}`.execute(db);
  const name = rows[0]?.name;
  if (name === undefined)
    throw new Refused('CONFLICT', 'The home school is still being set up as a site: try again in a minute.');
  return name;
}
