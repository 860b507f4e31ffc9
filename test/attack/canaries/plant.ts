/**
 * Puts a text that stands nowhere else into every text column of some students' records and of the shared teaching's,
 * behind the graph's back, and says of each who may read it.
 */
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { ALDER, BIRCHWOOD, CEDAR } from '../../../subgraphs/kernel/demo/schools.ts';
import { upnCheckLetter } from '../../../subgraphs/kernel/identifiers/upn.ts';
import { encodeId } from '../../../subgraphs/kernel/ids.ts';
import type { Random } from '../random.ts';
import type { Readers } from './oracle.ts';

export interface Canary {
  text: string;
  /** `table.column`: for the messages, which never hold the text. */
  place: string;
  readers: readonly Readers[];
}

export interface Planted {
  canaries: readonly Canary[];
  /** Public ids of the records that hold them. */
  students: readonly string[];
  profiles: readonly string[];
}

type Admin = Parameters<Parameters<typeof asAdmin>[1]>[0];
type NewText = () => string;

/** Cannot be part of anything else that the graph says, nor of what base64 or hexadecimal prints by chance. */
export const CANARY = /zq[a-z]{18}qz/gi;

export const canaryTexts =
  (random: Random): NewText =>
  () =>
    `zq${Array.from({ length: 18 }, () => random.pick([...'bcdfghjklmnpqrstvwxyz'.replace('q', '').replace('z', '')])).join('')}qz`;

/** Seen by a teaching school that sees the row at all: always, never, or unless the student's details are protected. */
type ToGuests = 'always' | 'never' | 'unless protected';

interface Column {
  table: string;
  column: string;
  row: string;
  toGuests?: ToGuests;
  isArray?: boolean;
}

const COLUMNS: readonly Column[] = [
  { table: 'student', column: 'legal_first_name', row: 'legalFirstName' },
  { table: 'student', column: 'legal_last_name', row: 'legalLastName' },
  { table: 'student', column: 'preferred_first_name', row: 'preferredFirstName' },
  { table: 'student', column: 'preferred_last_name', row: 'preferredLastName' },
  { table: 'student', column: 'registration_form', row: 'registrationForm', toGuests: 'never' },
  { table: 'student', column: 'address_lines', row: 'address', toGuests: 'unless protected', isArray: true },
  { table: 'student', column: 'postcode', row: 'address', toGuests: 'unless protected' },
  { table: 'student', column: 'support_strategies', row: 'supportStrategies', isArray: true },
  { table: 'emergency_contact', column: 'name', row: 'emergencyContacts' },
  { table: 'emergency_contact', column: 'phone', row: 'emergencyContacts', toGuests: 'unless protected' },
  { table: 'contact_restriction', column: 'name', row: 'contactRestrictions' },
  { table: 'contact_restriction', column: 'note', row: 'contactRestrictions' },
  { table: 'dietary_requirement', column: 'note', row: 'dietaryRequirements' },
  { table: 'medical_condition', column: 'name', row: 'medicalConditions' },
  { table: 'medical_condition', column: 'plan_signs', row: 'medicalConditions' },
  { table: 'medical_condition', column: 'plan_action', row: 'medicalConditions' },
  { table: 'medical_condition', column: 'plan_medicine_location', row: 'medicalConditions' },
  { table: 'medical_condition', column: 'evacuation_plan', row: 'medicalConditions' },
  { table: 'other_medical_condition', column: 'name', row: 'otherMedicalConditions' },
  { table: 'language_ability', column: 'language', row: 'languages' },
  { table: 'absence_note', column: 'text', row: 'absenceNotes' },
  { table: 'absence_note', column: 'written_by_name', row: 'absenceNotes' },
  { table: 'access_arrangement_evidence', column: 'text', row: 'accessArrangements' },
  { table: 'access_arrangement_evidence', column: 'recorded_by_name', row: 'accessArrangements' },
  { table: 'detention', column: 'reason', row: 'detentions', toGuests: 'never' },
  { table: 'meal', column: 'name', row: 'meals', toGuests: 'never' },
];

/** Rows of the matrix that never reach a guest profile. */
const HOME_ONLY: ReadonlySet<string> = new Set(['detentions', 'meals', 'mealAccount']);

interface StudentRow {
  home: string;
  id: string;
  isProtected: boolean;
  /** Where the student is a guest. */
  guests: { school: string; profile: string }[];
  /** Who has the student in a lesson, and at which school. */
  teachers: { school: string; teacher: string }[];
}

export async function plantCanaries(adminUrl: string, random: Random): Promise<Planted> {
  const newText = canaryTexts(random);
  return asAdmin(adminUrl, async (admin) => {
    const students = chosen(await readStudents(admin));
    const canaries: Canary[] = [];
    for (const student of students) {
      for (const column of COLUMNS) canaries.push(...(await plantColumn(admin, student, column, newText)));
      canaries.push(
        ...(await plantPins(admin, student, newText)),
        await plantFormerUpn(admin, student, canaries.length),
      );
      canaries.push(...(await identifiersOf(admin, student)));
    }
    canaries.push(...(await plantSharedTeaching(admin, newText)));
    return {
      canaries,
      students: students.map(({ id }) => encodeId('Student', id)),
      profiles: students.flatMap(({ guests }) => guests.map(({ profile }) => encodeId('GuestProfile', profile))),
    };
  });
}

async function readStudents(admin: Admin): Promise<StudentRow[]> {
  const { rows } = await admin.query<StudentRow>(`
    select s.home_school_urn as home, s.id, s.protected_details as "isProtected",
      (select coalesce(jsonb_agg(jsonb_build_object('school', g.teaching_school_urn, 'profile', g.id)), '[]')
       from shared_teaching.guest_profile g where g.student_id = s.id) as guests,
      (select coalesce(jsonb_agg(jsonb_build_object('school', t.school_urn, 'teacher', t.teacher_id)), '[]')
       from shared_teaching.timetable_slot t join shared_teaching.course_enrolment e using (home_school_urn, course_id)
       where e.student_id = s.id and t.teacher_id is not null) as teachers
    from students.student s order by s.home_school_urn, s.id`);
  return rows;
}

/** One of each kind: taught at two schools, a guest here, there, at both, protected, nowhere, and of each other school. */
function chosen(students: readonly StudentRow[]): StudentRow[] {
  const isGuestAt = ({ guests }: StudentRow, ...schools: string[]) =>
    guests.length === schools.length && schools.every((school) => guests.some((each) => each.school === school));
  const kinds: ((student: StudentRow) => boolean)[] = [
    (each) => isGuestAt(each, BIRCHWOOD) && !each.isProtected && each.teachers.some(({ school }) => school === ALDER),
    (each) => isGuestAt(each, BIRCHWOOD) && !each.isProtected,
    (each) => isGuestAt(each, CEDAR),
    (each) => isGuestAt(each, BIRCHWOOD, CEDAR),
    (each) => each.isProtected,
    (each) => each.home === ALDER && isGuestAt(each),
    (each) => each.home === BIRCHWOOD,
    (each) => each.home === CEDAR,
  ];
  const found = new Set<StudentRow>();
  for (const kind of kinds) {
    const student = students.find((each) => kind(each) && !found.has(each));
    if (!student) throw new Error('Expected the demo to have a student of each kind.');
    found.add(student);
  }
  return [...found];
}

function readersOf(
  { home, isProtected, guests, teachers }: StudentRow,
  rows: readonly string[],
  toGuests: ToGuests = 'always',
): Readers[] {
  const at = (school: string): Readers => ({
    school,
    rows,
    teachers: teachers.filter((each) => each.school === school).map(({ teacher }) => teacher),
  });
  const isShown = toGuests === 'always' || (toGuests === 'unless protected' && !isProtected);
  return [at(home), ...(isShown ? guests.map(({ school }) => at(school)) : [])];
}

/** A text of its own for every row of the table that is the student's, and every item of an array. */
async function plantColumn(
  admin: Admin,
  student: StudentRow,
  { table, column, row, toGuests, isArray }: Column,
  newText: NewText,
): Promise<Canary[]> {
  const key = table === 'student' ? 'id' : 'student_id';
  const { rows } = await admin.query<{ ctid: string; items: number; withheld: boolean }>(
    `select ctid::text, ${isArray ? `coalesce(array_length(${column}, 1), 0)` : '1'} as items,
       ${table === 'emergency_contact' ? 'protected_phone' : 'false'} as withheld
     from students.${table} where ${key} = $1`,
    [student.id],
  );
  const canaries: Canary[] = [];
  for (const { ctid, items, withheld } of rows) {
    const texts = Array.from({ length: items }, newText);
    // a row has another place in its table once it is changed
    await admin.query(`update students.${table} set ${column} = $2 where ctid = $1::tid`, [
      ctid,
      isArray ? texts : texts[0],
    ]);
    const isWithheld = withheld && column === 'phone';
    for (const text of texts)
      canaries.push({
        text,
        place: `${table}.${column}`,
        readers: readersOf(student, [row], isWithheld ? 'never' : toGuests),
      });
  }
  return canaries;
}

/** An item is shown to who may see the row that it is about, until its last day. */
async function plantPins(admin: Admin, student: StudentRow, newText: NewText): Promise<Canary[]> {
  const { rows } = await admin.query<{ id: string; about: string; isOver: boolean }>(
    `select id, about, coalesce(pinned_until < '2026-11-18', false) as "isOver" from students.pinned_item where student_id = $1`,
    [student.id],
  );
  const canaries: Canary[] = [];
  for (const { id, about, isOver } of rows) {
    const text = newText();
    await admin.query('update students.pinned_item set title = $2 where id = $1', [id, text]);
    const readers = isOver ? [] : readersOf(student, ['pinnedItems', about], HOME_ONLY.has(about) ? 'never' : 'always');
    canaries.push({ text, place: 'pinned_item.title', readers });
  }
  return canaries;
}

async function plantFormerUpn(admin: Admin, student: StudentRow, number: number): Promise<Canary> {
  const stem = `9999${String(number).padStart(3, '0')}15${String(number).padStart(3, '0')}`;
  const text = `${upnCheckLetter(stem)}${stem}`;
  await admin.query('update students.student set former_upns = $2 where id = $1', [student.id, [text]]);
  return { text, place: 'student.former_upns', readers: readersOf(student, ['formerUpns'], 'never') };
}

/** Nobody else's as they are. */
async function identifiersOf(admin: Admin, student: StudentRow): Promise<Canary[]> {
  const { rows } = await admin.query<Record<'upn' | 'uci' | 'uln', string>>(
    'select upn, uci, uln from students.student where id = $1',
    [student.id],
  );
  return rows.flatMap((row) =>
    (['upn', 'uci', 'uln'] as const).map((column) => ({
      text: row[column],
      place: `student.${column}`,
      readers: readersOf(student, [column]),
    })),
  );
}

const COURSE_SCHOOLS =
  'array[home_school_urn] || array(select p.teaching_school_urn from shared_teaching.course_push p where p.course_id = t.id)';

/** What no one student's record holds: read by the schools whose course or agreement it is. */
const SHARED: readonly { table: string; column: string; row: string; schools: string; where?: string }[] = [
  { table: 'course', column: 'name', row: 'courses', schools: COURSE_SCHOOLS },
  { table: 'course', column: 'subject', row: 'courses', schools: COURSE_SCHOOLS },
  {
    table: 'timetable_slot',
    column: 'teacher_name',
    row: 'courses',
    schools: 'array[home_school_urn, school_urn]',
    where: 'teacher_id is not null',
  },
  { table: 'agreement', column: 'purpose', row: 'agreements', schools: 'array[home_school_urn, teaching_school_urn]' },
];

async function plantSharedTeaching(admin: Admin, newText: NewText): Promise<Canary[]> {
  const canaries: Canary[] = [];
  for (const { table, column, row, schools, where = 'true' } of SHARED) {
    const { rows } = await admin.query<{ id: string; schools: string[] }>(
      `select id, ${schools} as schools from shared_teaching.${table} t where ${where}`,
    );
    for (const { id, schools: at } of rows) {
      const text = newText();
      await admin.query(`update shared_teaching.${table} set ${column} = $2 where id = $1`, [id, text]);
      canaries.push({
        text,
        place: `${table}.${column}`,
        readers: at.map((school) => ({ school, rows: [row], teachers: 'all' })),
      });
    }
  }
  return canaries;
}
