/** Rows of schools by the thousand, read and written as rows: a register holds 50,000 of them. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { School } from '../domain/school.ts';

const COLUMN_OF: Readonly<Record<keyof School, string>> = {
  urn: 'urn',
  name: 'name',
  localAuthorityCode: 'local_authority_code',
  localAuthority: 'local_authority',
  establishmentNumber: 'establishment_number',
  dfeNumber: 'dfe_number',
  status: 'status',
  phase: 'phase',
  establishmentType: 'establishment_type',
  openedOn: 'opened_on',
  closedOn: 'closed_on',
  addressLines: 'address_lines',
  postcode: 'postcode',
  telephone: 'telephone',
  website: 'website',
};

const columns = Object.values(COLUMN_OF);

/** The schools that there are among these, by URN. */
export async function loadSchools({ db }: Session, urns: readonly string[]): Promise<Map<string, School>> {
  const selected = Object.entries(COLUMN_OF).map(
    ([property, column]) => sql`${sql.ref(column)} as ${sql.ref(property)}`,
  );
  const { rows } = await sql<School>`select ${sql.join(selected)} from students.school
    where urn = any(${urns}::text[])`.execute(db);
  return new Map(rows.map((school) => [school.urn, school]));
}

interface SavedSchool {
  urn: string;
  name: string;
  telephone: string | null;
  version: number;
  isSite: boolean;
}

/** Adds schools, and changes those that there are: whether one is a site stays, its version rises. */
export async function saveSchools({ db }: Session, schools: readonly School[]): Promise<SavedSchool[]> {
  if (schools.length === 0) return [];
  const names = sql.join(columns.map((column) => sql.ref(column)));
  const excluded = sql.join(columns.map((column) => sql.ref(`excluded.${column}`)));
  const { rows } = await sql<SavedSchool>`insert into students.school (${names})
    select ${names} from json_populate_recordset(null::students.school, ${JSON.stringify(schools.map(rowOf))}::json)
    on conflict (urn) do update set (${names}) = row(${excluded}), version = school.version + 1
    returning urn, name, telephone, version, is_site as "isSite"`.execute(db);
  return rows;
}

const rowOf = (school: School): Record<string, unknown> =>
  Object.fromEntries(Object.entries(COLUMN_OF).map(([property, column]) => [column, school[property as keyof School]]));
