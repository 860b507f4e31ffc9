/** The session's school's students, as the projection has them: the same in every database of the demo. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { encodeId } from '../../kernel/ids.ts';

interface DemoStudents {
  /** Ids as in the graph. The sixth form first, and in it those whose details are protected, so that one is a guest. */
  all: string[];
  /** Years 12 and 13. */
  sixthForm: string[];
}

/** Throws where there are fewer than the demo needs. */
export async function demoStudents({ db, school }: Session, atLeast: number): Promise<DemoStudents> {
  const { rows } = await sql<{ id: string; sixthForm: boolean }>`
    select id, coalesce(year_group in ('12', '13'), false) as "sixthForm" from shared_teaching.student
    where home_school_urn = ${school} and roll_status = 'ON_ROLL'
    order by coalesce(year_group in ('12', '13'), false) desc, protected_details desc, id`.execute(db);
  if (rows.length < atLeast)
    throw new Error('The demo of shared teaching needs the students’ demo, with its events handled, before it.');
  const ids = (students: typeof rows) => students.map((student) => encodeId('Student', student.id));
  return { all: ids(rows), sixthForm: ids(rows.filter((student) => student.sixthForm)) };
}
