/** Schools: DfE's register and the sites of this graph. Public data. */
import { sql } from 'kysely';
import { Refused } from '../../kernel/errors.ts';
import { type Connection, connectionOf, type PageArguments, pageOf, refusedCursor } from '../../kernel/paging.ts';
import { parseText } from '../../kernel/text/text-input.ts';
import type { Context, SchoolRow } from '../context.ts';
import { SCHOOL_COLUMNS } from '../entities/school-columns.ts';

/** For a school that a row names. Throws where it is not there, which no row of ours can bring about. */
export async function existingSchool({ loaders }: Pick<Context, 'loaders'>, urn: string): Promise<SchoolRow> {
  const school = await loaders.school.load(urn);
  if (!school) throw new Error('A row names a school that is not in the register of schools.');
  return school;
}

/** The open one of those that have had the number; else the one that closed last. */
export async function findSchoolByDfeNumber({ db }: Pick<Context, 'db'>, dfeNumber: string): Promise<SchoolRow | null> {
  const { rows } =
    await sql<SchoolRow>`select ${SCHOOL_COLUMNS} from students.school where dfe_number = ${dfeNumber} and status <> 'PROPOSED_TO_OPEN'
    order by status = 'CLOSED', closed_on desc nulls last, opened_on desc nulls last, urn desc limit 1`.execute(db);
  return rows[0] ?? null;
}

interface SchoolSearch extends PageArguments {
  search?: string | null | undefined;
}

export async function findSchools(call: Context, { search, ...args }: SchoolSearch): Promise<Connection<SchoolRow>> {
  const page = pageOf('School', args);
  const part = partOf(search);
  if (page.after !== null && !(await call.loaders.school.load(page.after))) throw refusedCursor();
  const after = sql`(lower(name), urn) > (select lower(a.name), a.urn from students.school a where a.urn = ${page.after})`;
  const { rows } = await sql<SchoolRow & { id: string }>`select ${SCHOOL_COLUMNS}, urn as id from students.school
    where ${part === null ? sql`true` : sql`lower(name) like ${part}`}
      and ${page.after === null ? sql`true` : after}
    order by lower(name), urn limit ${page.first + 1}`.execute(call.db);
  return connectionOf('School', rows, page);
}

const readPart = parseText(200, 2);

/** The pattern of `like`: what a person typed has no wildcards. */
function partOf(search: string | null | undefined): string | null {
  if (search === null || search === undefined) return null;
  const part = readPart(search);
  if (!part.ok) throw new Refused('BAD_USER_INPUT', `"search" must be a part of a school’s name. ${part.expected}`);
  return `%${part.value.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
