/** Writing the lists of a student's record: a list is replaced whole. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import type { StudentLists } from '../domain/student-record.ts';
import { columnOf, LIST_TABLES, type ListTable } from '../entities/student-lists.ts';

type Owner = { homeSchoolUrn: string; id: string };
type ListName = keyof StudentLists;

/** The lists that are not named stay as they are. */
export async function replaceLists(session: Session, student: Owner, lists: Partial<StudentLists>): Promise<void> {
  for (const name of namesOf(lists)) {
    const target = sql.table(`students.${LIST_TABLES[name].table}`);
    await sql`delete from ${target}
      where home_school_urn = ${student.homeSchoolUrn} and student_id = ${student.id}`.execute(session.db);
  }
  await addLists(session, student, lists);
}

/** For a student who has none of them yet. */
export async function addLists(session: Session, student: Owner, lists: Partial<StudentLists>): Promise<void> {
  for (const name of namesOf(lists)) await addList(session, student, LIST_TABLES[name], lists[name] ?? []);
}

const namesOf = (lists: Partial<StudentLists>): ListName[] => Object.keys(lists) as ListName[];

async function addList(
  { db }: Session,
  { homeSchoolUrn, id }: Owner,
  { table, columns }: Pick<ListTable<unknown>, 'table'> & { columns: object },
  items: readonly object[],
): Promise<void> {
  if (items.length === 0) return;
  const properties = Object.entries<string>({ ...columns, position: 'integer' });
  const targets = properties.map(([property]) => sql.ref(columnOf(property)));
  const sources = properties.map(([property]) => sql.ref(property));
  const typed = properties.map(([property, type]) => sql`${sql.ref(property)} ${sql.raw(type)}`);
  const rows = JSON.stringify(items.map((item, index) => ({ ...item, position: index + 1 })));
  await sql`insert into ${sql.table(`students.${table}`)} (home_school_urn, student_id, ${sql.join(targets)})
    select ${homeSchoolUrn}, ${id}::uuid, ${sql.join(sources)}
    from jsonb_to_recordset(${rows}::jsonb) as item (${sql.join(typed)})`.execute(db);
}
