/**
 * Reads batched by key: one statement for all students of an answer, whatever their number. Rows come through
 * row-level security, so a key that the caller may not reach loads null or nothing.
 */
import DataLoader from 'dataloader';
import { sql } from 'kysely';
import type { Session } from '../kernel/database/transaction.ts';
import type { StudentLists, StudentRow } from './domain/student-record.ts';
import { SCHOOL_COLUMNS, type SchoolRow } from './entities/school-columns.ts';
import { OWN_STUDENTS, STUDENT_COLUMNS } from './entities/student-columns.ts';
import { columnOf, LIST_TABLES, type ListTable } from './entities/student-lists.ts';
import { idsOf, type StudentKey, type StudentLoader, studentLoader } from './loaders/by-student.ts';
import { createRecordLoaders } from './loaders/records.ts';

export type Loaders = ReturnType<typeof createLoaders>;

export const createLoaders = ({ db }: Pick<Session, 'db'>) => ({
  school: new DataLoader<string, SchoolRow | null>(async (urns) => {
    const { rows } =
      await sql<SchoolRow>`select ${SCHOOL_COLUMNS} from students.school where urn = any(${urns})`.execute(db);
    const byUrn = new Map(rows.map((row) => [row.urn, row]));
    return urns.map((urn) => byUrn.get(urn) ?? null);
  }),

  /** A student of the caller's own school, whatever grants the call brought; for a teacher, one whom she teaches. */
  ownStudent: new DataLoader<string, StudentRow | null>(async (ids) => {
    const { rows } = await sql<StudentRow>`select ${STUDENT_COLUMNS} from students.student s
      where ${OWN_STUDENTS} and s.id = any(${ids}::uuid[])`.execute(db);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id) ?? null);
  }),

  student: studentLoader<StudentRow | null>(async (keys) => {
    const { homes, ids } = idsOf(keys);
    const { rows } = await sql<StudentRow>`select ${STUDENT_COLUMNS} from students.student s
      where s.home_school_urn = any(${homes}) and s.id = any(${ids}::uuid[])`.execute(db);
    const found = new Map(rows.map((row) => [`${row.homeSchoolUrn} ${row.id}`, row]));
    return keys.map(({ homeSchoolUrn, id }) => found.get(`${homeSchoolUrn} ${id}`) ?? null);
  }),

  ...listLoaders(db),
  ...createRecordLoaders(db),
});

type ListLoaders = { [Name in keyof StudentLists]: StudentLoader<StudentLists[Name]> };

function listLoaders(db: Session['db']): ListLoaders {
  return {
    emergencyContacts: listLoader(db, LIST_TABLES.emergencyContacts),
    contactRestrictions: listLoader(db, LIST_TABLES.contactRestrictions),
    dietaryRequirements: listLoader(db, LIST_TABLES.dietaryRequirements),
    medicalConditions: listLoader(db, LIST_TABLES.medicalConditions),
    otherMedicalConditions: listLoader(db, LIST_TABLES.otherMedicalConditions),
    languages: listLoader(db, LIST_TABLES.languages),
    senNeeds: listLoader(db, LIST_TABLES.senNeeds),
    accessArrangements: listLoader(db, LIST_TABLES.accessArrangements),
  };
}

function listLoader<Item>(db: Session['db'], { table, columns }: ListTable<Item>): StudentLoader<Item[]> {
  const selected = Object.keys(columns).map((property) => sql`${sql.ref(columnOf(property))} as ${sql.ref(property)}`);
  return studentLoader(async (keys: readonly StudentKey[]) => {
    const { homes, ids } = idsOf(keys);
    const { rows } = await sql<Item & { studentId: string }>`select student_id as "studentId", ${sql.join(selected)}
      from ${sql.table(`students.${table}`)} where home_school_urn = any(${homes}) and student_id = any(${ids}::uuid[])
      order by student_id, position`.execute(db);
    const byStudent = Map.groupBy(rows, ({ studentId }) => studentId);
    return keys.map(({ id }) => byStudent.get(id) ?? []);
  });
}
