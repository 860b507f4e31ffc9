import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '../../../subgraphs/kernel/caller.ts';
import { asAdmin } from '../../../subgraphs/kernel/database/roles.ts';
import { inTransaction, type Session } from '../../../subgraphs/kernel/database/transaction.ts';
import { ALDER, BIRCHWOOD, CEDAR } from '../../../subgraphs/kernel/demo/schools.ts';
import type { Grant } from '../../../subgraphs/kernel/guest-access/grant.ts';
import { newUuid } from '../../../subgraphs/kernel/ids.ts';
import { callerAs, callerOf } from '../../kit/callers.ts';
import { openStudents, type StudentsGraph, systemAt } from './fixture.ts';

/** Tables that hold no person. Every other table of the schema must hide its rows. */
const OPEN_TABLES = ['school', 'inbox', 'migration'];
const HOME_ONLY = ['detention', 'meal', 'meal_account'];

let graph: StudentsGraph;
let tables: string[];
let alderStudent: string;

beforeAll(async () => {
  graph = await openStudents('demo');
  tables = await asAdmin(graph.database.adminUrl, async (client) => {
    await client.query('delete from students.taught_student');
    await client.query(`insert into students.guest_form_name values ('${ALDER}', gen_random_uuid(), 'Form')`);
    await client.query(
      `insert into students.taught_student select home_school_urn, gen_random_uuid(), $1, id, $2, null
       from students.student where home_school_urn = $3 limit 7`,
      [callerOf('teacher@alder.example').subject, graph.clock.today(), ALDER],
    );
    const { rows } = await client.query<{ name: string }>(
      `select tablename as name from pg_tables where schemaname = 'students'`,
    );
    return rows.map(({ name }) => name).filter((name) => !OPEN_TABLES.includes(name));
  });
  const rows = await graph.at(ALDER, ({ db }) =>
    sql<{ id: string }>`select student_id as id from students.picture order by 1 limit 1`.execute(db),
  );
  alderStudent = rows.rows[0]?.id ?? '';
});

const count = async ({ db }: Session, table: string, where = sql<boolean>`true`): Promise<number> => {
  const { rows } = await sql<{
    n: number;
  }>`select count(*)::int as n from ${sql.table(`students.${table}`)} where ${where}`.execute(db);
  return rows[0]?.n ?? -1;
};

const as = <Result>(caller: Session['caller'], work: (session: Session) => Promise<Result>, grants: Grant[] = []) =>
  inTransaction(graph.running('students').orm, { caller, clock: graph.clock, readOnly: false, grants }, work);

const grantOf = (student: string, access: 'VIEW' | 'EDIT', row = 'ownAbsenceNotes'): Grant => ({
  profile: newUuid(),
  student,
  homeSchool: ALDER,
  teachingSchool: BIRCHWOOD,
  agreement: null,
  purpose: 'test',
  access: new Map([[row, { access, reason: 'SHARED_RECORD' }]]),
});

describe('row-level security', () => {
  it('is forced on every table that holds a person', async () => {
    expect(tables.length).toBeGreaterThan(15);
    const unforced = await asAdmin(graph.database.adminUrl, (client) =>
      client.query(
        `select relname from pg_class where relnamespace = 'students'::regnamespace and relkind = 'r'
         and relname <> all($1) and not (relrowsecurity and relforcerowsecurity)`,
        [OPEN_TABLES],
      ),
    );
    expect(unforced.rows).toEqual([]);
  });

  it('shows no row of any of them to nobody, to another school, and to who is at no school', async () => {
    for (const table of tables) {
      expect([table, await as(callerAs('DATA_LEAD', ALDER), (session) => count(session, table))]).not.toEqual([
        table,
        0,
      ]);
      const others = sql<boolean>`${sql.ref(['taught_course', 'taught_student', 'guest_form_name'].includes(table) ? 'school_urn' : 'home_school_urn')} = ${ALDER}`;
      for (const caller of [
        null,
        callerAs('SUPPORT', null),
        callerAs('DATA_LEAD', BIRCHWOOD),
        callerAs('TEACHER', CEDAR),
      ])
        expect([table, await as(caller, (session) => count(session, table, others))]).toEqual([table, 0]);
    }
  });

  it('shows a teacher those whom he teaches, to 14 days before the first and after the last lesson', async () => {
    const teacher = callerOf('teacher@alder.example');
    const seen = () => as(teacher, (session) => count(session, 'student'));
    const move = (first: string, last: string | null) =>
      asAdmin(graph.database.adminUrl, (client) =>
        client.query('update students.taught_student set first_lesson = $1, last_lesson = $2', [first, last]),
      );
    // today is 2026-11-18
    expect(await seen()).toBe(7);
    await move('2026-12-02', null);
    expect(await seen()).toBe(7);
    await move('2026-12-03', null);
    expect(await seen()).toBe(0);
    await move('2026-09-01', '2026-11-04');
    expect(await seen()).toBe(7);
    await move('2026-09-01', '2026-11-03');
    expect(await seen()).toBe(0);
    expect(await as(teacher, (session) => count(session, 'emergency_contact'))).toBe(0);
    await move('2026-09-01', null);
    expect(await as(callerAs('TEACHER', ALDER), (session) => count(session, 'student'))).toBe(0);
  });

  it('shows a teaching school the granted student, and what is kept at home not even then', async () => {
    const lead = callerOf('data-lead@birchwood.example');
    const ofAlder = sql<boolean>`home_school_urn = ${ALDER}`;
    for (const table of tables.filter((name) => !/^taught_course|^guest_form/.test(name))) {
      if (table === 'taught_student') continue;
      const rows = await as(lead, (session) => count(session, table, ofAlder), [grantOf(alderStudent, 'VIEW')]);
      expect([table, rows > 0]).toEqual([table, !HOME_ONLY.includes(table)]);
    }
    expect(await as(lead, (session) => count(session, 'student', ofAlder), [grantOf(alderStudent, 'VIEW')])).toBe(1);
    const pins = await as(
      lead,
      (session) =>
        sql<{ about: string }>`select about from students.pinned_item where home_school_urn = ${ALDER}`.execute(
          session.db,
        ),
      [grantOf(alderStudent, 'VIEW')],
    );
    expect(pins.rows.map(({ about }) => about)).not.toContain('detentions');
    expect(pins.rows.length).toBe(2);
  });

  it('lets a teaching school change nothing of a granted student', async () => {
    const lead = callerOf('data-lead@birchwood.example');
    const grants = [grantOf(alderStudent, 'EDIT')];
    for (const table of tables.filter((name) => !/^taught_|^guest_form/.test(name)))
      for (const statement of [
        sql`update ${sql.table(`students.${table}`)} set home_school_urn = home_school_urn where home_school_urn = ${ALDER}`,
        sql`delete from ${sql.table(`students.${table}`)} where home_school_urn = ${ALDER}`,
      ]) {
        const { numAffectedRows } = await as(lead, ({ db }) => statement.execute(db), grants);
        expect([table, numAffectedRows]).toEqual([table, 0n]);
      }
    await expect(
      as(
        lead,
        ({ db }) =>
          sql`insert into students.detention (home_school_urn, student_id, id, date, reason, minutes)
        values (${ALDER}, ${alderStudent}, ${newUuid()}, '2026-11-18', 'x', 5)`.execute(db),
        grants,
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it('lets a teaching school add notes with a grant that opens a row, under its own name only', async () => {
    const lead = callerOf('data-lead@birchwood.example');
    const add = (school: string, grants: Grant[]) =>
      as(
        lead,
        ({ db }) =>
          sql`insert into students.absence_note
          (home_school_urn, student_id, id, date, text, written_at, written_by_school, written_by_name, written_by_subject)
        values (${ALDER}, ${alderStudent}, ${newUuid()}, '2026-11-18', 'Away', now(), ${school}, 'A', 'b')`.execute(db),
        grants,
      );
    await expect(add(BIRCHWOOD, [])).rejects.toThrow(/row-level security/);
    await expect(add(BIRCHWOOD, [grantOf(alderStudent, 'VIEW')])).rejects.toThrow(/row-level security/);
    await expect(add(ALDER, [grantOf(alderStudent, 'EDIT')])).rejects.toThrow(/row-level security/);
    await expect(add(CEDAR, [grantOf(alderStudent, 'EDIT')])).rejects.toThrow(/row-level security/);
    await expect(add(BIRCHWOOD, [grantOf(alderStudent, 'EDIT')])).resolves.toBeDefined();
  });

  it('opens notes and evidence each by its own row of the guest matrix', async () => {
    const lead = callerOf('data-lead@birchwood.example');
    const note = sql`insert into students.absence_note
        (home_school_urn, student_id, id, date, text, written_at, written_by_school, written_by_name, written_by_subject)
      values (${ALDER}, ${alderStudent}, ${newUuid()}, '2026-11-18', 'Away', now(), ${BIRCHWOOD}, 'A', 'b')`;
    const evidence = sql`insert into students.access_arrangement_evidence (home_school_urn, student_id, id, arrangement,
        text, recorded_on, recorded_by_school, recorded_by_name, recorded_by_subject)
      values (${ALDER}, ${alderStudent}, ${newUuid()}, 'READER', 'Read aloud', '2026-11-18', ${BIRCHWOOD}, 'A', 'b')`;
    const add = (statement: typeof note, row: string) =>
      as(lead, ({ db }) => statement.execute(db), [grantOf(alderStudent, 'EDIT', row)]);
    await expect(add(evidence, 'ownAbsenceNotes')).rejects.toThrow(/row-level security/);
    await expect(add(note, 'accessArrangements')).rejects.toThrow(/row-level security/);
    await expect(add(evidence, 'accessArrangements')).resolves.toBeDefined();
  });

  it('lets nobody but the graph itself change the register of schools, which all may read', async () => {
    const statements = [
      sql`update students.school set name = 'Renamed' where urn = ${ALDER}`,
      sql`insert into students.school (urn, name, status) values ('100009', 'Invented', 'OPEN')`,
      sql`delete from students.school where urn = ${CEDAR}`,
    ];
    const schools = () => as(null, (session) => count(session, 'school', sql`name <> 'Renamed'`));
    const before = await schools();
    expect(before).toBeGreaterThan(0);
    const tried = (caller: Session['caller'], statement: (typeof statements)[number]) =>
      as(caller, ({ db }) => statement.execute(db)).then(
        ({ numAffectedRows }) => `${numAffectedRows} rows`,
        (error: Error) => String(/row-level security/.exec(error.message)),
      );
    for (const caller of [null, callerOf('teacher@alder.example'), callerOf('data-lead@alder.example')])
      expect(await Promise.all(statements.map((each) => tried(caller, each)))).toEqual([
        '0 rows',
        'row-level security',
        '0 rows',
      ]);
    expect(await schools()).toBe(before);
    // the graph itself; a school that closes stays in the register
    expect(await tried(systemAt(CEDAR), sql`delete from students.school where urn = ${CEDAR}`)).toBe('0 rows');
    expect(
      await tried(systemAt(ALDER), sql`update students.school set version = version + 1 where urn = ${ALDER}`),
    ).toBe('1 rows');
  });

  it('keeps one teaching school’s notes from another, and shows them to home', async () => {
    const notes = async (caller: Caller, grants: Grant[]) =>
      as(caller, (session) => count(session, 'absence_note', sql`student_id = ${alderStudent}`), grants);
    const home = await notes(callerOf('data-lead@alder.example'), []);
    expect(await notes(callerOf('data-lead@birchwood.example'), [grantOf(alderStudent, 'VIEW')])).toBe(home);
    expect(await notes(callerOf('data-lead@cedar.example'), [grantOf(alderStudent, 'VIEW')])).toBe(home - 1);
  });

  it('keeps the register: no entry is changed or taken away, by home either', async () => {
    for (const table of ['session_attendance', 'absence_note', 'access_arrangement_evidence']) {
      const change = sql`update ${sql.table(`students.${table}`)} set student_id = student_id`;
      const { numAffectedRows } = await graph.at(ALDER, ({ db }) => change.execute(db));
      expect([table, numAffectedRows]).toEqual([table, 0n]);
    }
  });
});
