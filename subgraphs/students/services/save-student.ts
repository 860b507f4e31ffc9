/** Writing a student's record: its row, then its lists. Every way to change a student passes here. */
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import type { StudentLists } from '../domain/student-record.ts';
import type { StudentEntity } from '../entities/student.ts';
import { columnOf, LIST_TABLES, type ListTable } from '../entities/student-lists.ts';

/**
 * The row goes first: of two changes at the same time the later one fails there, on the version, before it touches a
 * list. Throws InvalidInput DUPLICATE for a UPN that another student of the school has.
 */
export async function saveStudent(
  session: Session,
  student: StudentEntity,
  lists: Partial<StudentLists>,
): Promise<void> {
  student.changedAt = session.now;
  session.em.persist(student);
  try {
    await session.em.flush();
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException && error.message.includes('student_upn_once'))
      throw new InvalidInput({
        code: 'DUPLICATE',
        field: 'upn',
        message: 'Another student of this school has this UPN. One of the two is mistyped, or they are one student.',
      });
    throw error;
  }
  for (const name of Object.keys(lists) as (keyof StudentLists)[]) await replaceList(session, student, name, lists);
}

async function replaceList<Name extends keyof StudentLists>(
  { db }: Session,
  { homeSchoolUrn, id }: StudentEntity,
  name: Name,
  lists: Partial<StudentLists>,
): Promise<void> {
  const { table, columns }: ListTable<StudentLists[Name][number]> = LIST_TABLES[name];
  const target = sql.table(`students.${table}`);
  await sql`delete from ${target} where home_school_urn = ${homeSchoolUrn} and student_id = ${id}`.execute(db);
  const items: readonly object[] = lists[name] ?? [];
  if (items.length === 0) return;
  const properties = Object.entries<string>(columns);
  const typed = properties.map(([property, type]) => sql`${sql.ref(property)} ${sql.raw(type)}`);
  await sql`insert into ${target} (home_school_urn, student_id, position, ${sql.join(properties.map(([property]) => sql.ref(columnOf(property))))})
    select ${homeSchoolUrn}, ${id}::uuid, position, ${sql.join(properties.map(([property]) => sql.ref(property)))}
    from jsonb_to_recordset(${JSON.stringify(items.map((item, index) => ({ ...item, position: index + 1 })))}::jsonb)
      as item (position integer, ${sql.join(typed)})`.execute(db);
}
