/** Students of the caller's own school: the home records. */
import { sql } from 'kysely';
import type { YearGroup } from '../../kernel/identifiers/year-group.ts';
import { decodeId } from '../../kernel/ids.ts';
import { type Connection, connectionOf, type PageArguments, pageOf, refusedCursor } from '../../kernel/paging.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import type { Context, StudentRow } from '../context.ts';
import type { RollStatus } from '../domain/codes.ts';
import { OWN_STUDENTS, STUDENT_COLUMNS } from '../entities/student-columns.ts';

/** Null for an id that does not decode, that is absent, and that is another school's. */
export async function findStudent({ loaders }: Pick<Context, 'loaders'>, id: string): Promise<StudentRow | null> {
  const uuid = decodeId('Student', id);
  return uuid === null ? null : loaders.ownStudent.load(uuid);
}

interface StudentSearch extends PageArguments {
  filter?: { yearGroup?: YearGroup | null; rollStatus?: RollStatus | null } | null | undefined;
}

/** By name: preferred before legal, last name before first. */
export async function findStudents(call: Context, { filter, ...args }: StudentSearch): Promise<Connection<StudentRow>> {
  schoolOf(call);
  const page = pageOf('Student', args);
  if (page.after !== null && !(await call.loaders.ownStudent.load(page.after))) throw refusedCursor();
  const after = sql`(s.name_key, s.id) > (select a.name_key, a.id from students.student a
    where a.home_school_urn = s.home_school_urn and a.id = ${page.after}::uuid)`;
  const { rows } = await sql<StudentRow>`select ${STUDENT_COLUMNS} from students.student s
    where ${OWN_STUDENTS}
      and ${filter?.yearGroup ? sql`s.year_group = ${filter.yearGroup}` : sql`true`}
      and ${filter?.rollStatus ? sql`s.roll_status = ${filter.rollStatus}` : sql`true`}
      and ${page.after === null ? sql`true` : after}
    order by s.name_key, s.id limit ${page.first + 1}`.execute(call.db);
  return connectionOf('Student', rows, page);
}
