/** What a home school writes about its students day by day, as plain rows: one statement for all of them. */
import { sql } from 'kysely';
import type { Session } from '../../kernel/database/transaction.ts';
import { demoStaff } from '../../kernel/demo/staff.ts';
import { addDays } from '../../kernel/identifiers/iso-date.ts';
import { newUuid } from '../../kernel/ids.ts';
import { schoolOf } from '../../kernel/subgraph/call.ts';
import { demoMarks, demoSchoolDays } from './attendance.ts';
import { demoPicture } from './picture.ts';

/** A demo student: the UUID, and the number that varies what is on record. */
export interface DemoStudent {
  id: string;
  number: number;
}

export async function seedAttendance(session: Session, students: readonly DemoStudent[]): Promise<void> {
  const days = demoSchoolDays(session.today);
  await insert(
    session,
    'session_attendance',
    { student_id: 'uuid', date: 'date', session: 'text', mark: 'text' },
    students.flatMap(({ id, number }) => demoMarks(number, days).map((mark) => ({ student_id: id, ...mark }))),
  );
}

/** Two notes of the home school on each student, by two of its people. */
export async function seedAbsenceNotes(session: Session, students: readonly DemoStudent[]): Promise<void> {
  const school = schoolOf(session);
  const writers = ['data-lead', 'teacher'].map((who) => demoStaff(`${who}@alder.example`));
  const note = (student: DemoStudent, index: number) => ({
    student_id: student.id,
    id: newUuid(),
    date: addDays(session.today, -3 - ((student.number + index * 9) % 20)),
    text: ['Dentist in the morning', 'Called in: a cold', 'Open day at a university', 'Music exam'][
      (student.number + index) % 4
    ],
    written_at: `${addDays(session.today, -2 - ((student.number + index * 9) % 20))}T08:${10 + (student.number % 50)}:00Z`,
    written_by_school: school,
    written_by_name: writers[index]?.name,
    written_by_subject: writers[index]?.id,
  });
  await insert(
    session,
    'absence_note',
    {
      student_id: 'uuid',
      id: 'uuid',
      date: 'date',
      text: 'text',
      written_at: 'timestamptz',
      written_by_school: 'text',
      written_by_name: 'text',
      written_by_subject: 'text',
    },
    students.flatMap((student) => [note(student, 0), note(student, 1)]),
  );
}

/** One that is shown, one whose last day has passed, and one about what the home school keeps to itself. */
export async function seedPinnedItems(session: Session, students: readonly DemoStudent[]): Promise<void> {
  const { today, now } = session;
  const items = [
    {
      title: 'Healthcare plan: read before the first lesson',
      about: 'medicalConditions',
      pinned_until: addDays(today, 60),
    },
    { title: 'Seating plan of last half-term', about: 'supportStrategies', pinned_until: addDays(today, -7) },
    { title: 'Detention on Thursday', about: 'detentions', pinned_until: addDays(today, 14) },
  ];
  await insert(
    session,
    'pinned_item',
    { student_id: 'uuid', id: 'uuid', title: 'text', about: 'text', pinned_until: 'date', pinned_at: 'timestamptz' },
    students.flatMap(({ id }) => items.map((item) => ({ student_id: id, id: newUuid(), pinned_at: now, ...item }))),
  );
}

export async function seedEvidence(session: Session, students: readonly DemoStudent[]): Promise<void> {
  const writer = demoStaff('teacher@alder.example');
  await insert(
    session,
    'access_arrangement_evidence',
    {
      student_id: 'uuid',
      id: 'uuid',
      arrangement: 'text',
      text: 'text',
      recorded_on: 'date',
      recorded_by_school: 'text',
      recorded_by_name: 'text',
      recorded_by_subject: 'text',
    },
    students.map(({ id }) => ({
      student_id: id,
      id: newUuid(),
      arrangement: 'EXTRA_TIME',
      text: 'Uses the extra time in every class test',
      recorded_on: addDays(session.today, -30),
      recorded_by_school: schoolOf(session),
      recorded_by_name: writer.name,
      recorded_by_subject: writer.id,
    })),
  );
}

/** Kept at the home school only. */
export async function seedWelfare(session: Session, students: readonly DemoStudent[]): Promise<void> {
  await insert(
    session,
    'detention',
    { student_id: 'uuid', id: 'uuid', date: 'date', reason: 'text', minutes: 'integer' },
    students.map(({ id, number }) => ({
      student_id: id,
      id: newUuid(),
      date: addDays(session.today, -(number % 25)),
      reason: number % 2 === 0 ? 'Late three times in a week' : 'Homework missing',
      minutes: 30,
    })),
  );
  await insert(
    session,
    'meal',
    { student_id: 'uuid', id: 'uuid', date: 'date', name: 'text', price_pence: 'integer' },
    students.flatMap(({ id, number }) =>
      [1, 2, 3].map((day) => ({
        student_id: id,
        id: newUuid(),
        date: addDays(session.today, -day),
        name: day === 2 ? 'Breakfast' : 'Lunch',
        price_pence: number % 6 === 0 ? 0 : 285,
      })),
    ),
  );
  await insert(
    session,
    'meal_account',
    { student_id: 'uuid', balance_pence: 'integer' },
    students.map(({ id, number }) => ({ student_id: id, balance_pence: ((number * 137) % 4_000) - 500 })),
  );
}

export async function seedPictures({ db, school }: Session, students: readonly DemoStudent[]): Promise<void> {
  const pictures = students.map(({ number }) => demoPicture(number).toString('base64'));
  await sql`insert into students.picture (home_school_urn, student_id, content, media_type)
    select ${school}, id, decode(content, 'base64'), 'image/png'
    from unnest(${students.map(({ id }) => id)}::uuid[], ${pictures}::text[]) as picture (id, content)`.execute(db);
}

async function insert(
  { db, school }: Session,
  table: string,
  columns: Readonly<Record<string, string>>,
  rows: readonly object[],
): Promise<void> {
  const names = sql.join(Object.keys(columns).map((column) => sql.ref(column)));
  const typed = sql.join(Object.entries(columns).map(([column, type]) => sql`${sql.ref(column)} ${sql.raw(type)}`));
  await sql`insert into ${sql.table(`students.${table}`)} (home_school_urn, ${names})
    select ${school}, ${names} from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as item (${typed})`.execute(db);
}
